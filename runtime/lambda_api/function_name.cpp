#include "runtime/lambda_api/function_name.h"

#include <algorithm>
#include <vector>

#include "runtime/lambda_api/api_error.h"

namespace wukong::lambda_api {
namespace {

constexpr size_t kLongestName = 64;
constexpr size_t kLongestReference = 170;
constexpr std::string_view kPattern =
    "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?"
    "(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == ':')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

[[noreturn]] void refuse(std::string_view text) {
  throw failed_validation("Value '" + std::string(text.substr(0, 200)) +
                              "' at 'functionName' failed to satisfy constraint: Member must "
                              "satisfy regular expression pattern: " +
                              std::string(kPattern),
                          1);
}

// Where the name stands: after "arn:aws:lambda:region:account:function:", "account:function:" or
// "function:", each of which may be missing.
size_t place_of_name(const std::vector<std::string>& parts, const Owner& owner,
                     std::string_view text) {
  size_t at = 0;
  if (parts[0] == "arn") {
    if (parts.size() < 7 || parts[1].substr(0, 3) != "aws" || parts[2] != "lambda" ||
        parts[5] != "function")
      refuse(text);
    if (parts[3] != owner.region)
      throw not_found("Functions from '" + parts[3] + "' are not reachable in this region ('" +
                      owner.region + "')");
    at = 4;
  }
  if (at + 1 < parts.size() && is_digits(parts[at]) && parts[at].size() == 12 &&
      parts[at + 1] == "function") {
    if (parts[at] != owner.account)
      throw ApiError(
          403, "AccessDeniedException",
          "no function of the account " + parts[at] + " is here, but of " + owner.account,
          MessageKey::upper_case);
    ++at;
  }
  if (at + 1 < parts.size() && parts[at] == "function") ++at;
  return at;
}

}  // namespace

bool is_version_number(std::string_view qualifier) { return is_digits(qualifier); }

bool is_alias_name(std::string_view text) {
  return is_word(text) && !is_digits(text) && text.size() <= 128;
}

FunctionName parse_function_name(const Owner& owner, std::string_view text,
                                 std::string_view qualifier) {
  if (text.size() > kLongestReference) refuse(text);
  const std::vector<std::string> parts = parts_of(text);
  const size_t at = place_of_name(parts, owner, text);
  FunctionName found{parts[at], std::string(qualifier)};
  if (!is_word(found.name) || found.name.size() > kLongestName || parts.size() > at + 2)
    refuse(text);
  if (parts.size() == at + 2) {
    const std::string& given = parts[at + 1];
    if (given != kLatest && !is_word(given)) refuse(text);
    if (!qualifier.empty() && qualifier != given)
      throw invalid_parameter(
          "The derived qualifier from the function name does not match the "
          "specified qualifier.");
    found.qualifier = given;
  }
  if (!found.qualifier.empty() && found.qualifier != kLatest && !is_word(found.qualifier))
    throw failed_validation("Value '" + found.qualifier.substr(0, 200) +
                                "' at 'qualifier' failed to satisfy constraint: Member must "
                                "satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|"
                                "[a-zA-Z0-9-_$]+",
                            1);
  return found;
}

std::string function_arn(const Owner& owner, std::string_view name, std::string_view qualifier) {
  std::string arn = "arn:aws:lambda:" + owner.region + ":" + owner.account + ":function:";
  arn += name;
  if (!qualifier.empty()) arn.append(":").append(qualifier);
  return arn;
}

}  // namespace wukong::lambda_api
