#include "runtime/lambda_api/members.h"

#include <algorithm>

#include "runtime/lambda_api/api_error.h"

namespace wukong::lambda_api {

namespace json = boost::json;

namespace {

[[noreturn]] void wrong_type(std::string_view name, const char* expected) {
  throw ApiError(400, "SerializationException",
                 std::string(name) + " can not be converted to " + expected);
}

std::optional<json::value> parsed(std::string_view text) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 200;
  json::value value = json::parse(text, error, {}, options);
  if (error) return std::nullopt;
  return value;
}

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ", ") + value;
  return text;
}

}  // namespace

bool is_json(std::string_view text) { return parsed(text).has_value(); }

json::object parse_body(std::string_view body) {
  if (body.empty()) return {};
  std::optional<json::value> value = parsed(body);
  if (!value) throw ApiError(400, "SerializationException", "the body is no JSON document");
  if (!value->is_object())
    throw ApiError(400, "SerializationException",
                   "Start of structure or map found where not expected.");
  return std::move(value->get_object());
}

const json::value* Members::find(std::string_view name) const {
  const json::value* const value = object_.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string> Members::text(std::string_view name) const {
  const json::value* const value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) wrong_type(name, "a String");
  return std::string(value->get_string());
}

std::optional<int64_t> Members::integer(std::string_view name) const {
  const json::value* const value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return value->get_int64();
  if (!value->is_double()) wrong_type(name, "an Integer");
  const double number = value->get_double();
  const auto whole = static_cast<int64_t>(number >= -1e15 && number <= 1e15 ? number : 0);
  if (static_cast<double>(whole) != number) wrong_type(name, "an Integer");
  return whole;
}

std::optional<bool> Members::flag(std::string_view name) const {
  const json::value* const value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_bool()) wrong_type(name, "a Boolean");
  return value->get_bool();
}

const json::object* Members::object(std::string_view name) const {
  const json::value* const value = find(name);
  if (value == nullptr) return nullptr;
  if (!value->is_object()) wrong_type(name, "a structure");
  return &value->get_object();
}

std::optional<std::vector<std::string>> Members::texts(std::string_view name) const {
  const json::value* const value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_array()) wrong_type(name, "a list");
  std::vector<std::string> texts;
  for (const json::value& element : value->get_array()) {
    if (!element.is_string()) wrong_type(name, "a list of Strings");
    texts.emplace_back(element.get_string());
  }
  return texts;
}

std::optional<std::map<std::string, std::string>> Members::text_map(std::string_view name) const {
  const json::object* const members = object(name);
  if (members == nullptr) return std::nullopt;
  std::map<std::string, std::string> map;
  for (const auto& [key, value] : *members) {
    if (!value.is_string()) wrong_type(key, "a String");
    map.emplace(key, value.get_string());
  }
  return map;
}

std::optional<std::map<std::string, double>> Members::number_map(std::string_view name) const {
  const json::object* const members = object(name);
  if (members == nullptr) return std::nullopt;
  std::map<std::string, double> map;
  for (const auto& [key, value] : *members) {
    if (!value.is_number()) wrong_type(key, "a Double");
    map.emplace(key, value.to_number<double>());
  }
  return map;
}

void Violations::add(std::string_view member, std::string_view value,
                     const std::string& constraint) {
  if (count_++ > 0) text_ += "; ";
  text_ += "Value '" + std::string(value.substr(0, 300)) + "' at '" + std::string(member) +
           "' failed to satisfy constraint: Member must " + constraint;
}

void Violations::check_range(std::string_view member, std::optional<int64_t> value, int64_t least,
                             int64_t most) {
  if (!value) return;
  if (*value < least)
    add(member, std::to_string(*value),
        "have value greater than or equal to " + std::to_string(least));
  if (*value > most)
    add(member, std::to_string(*value), "have value less than or equal to " + std::to_string(most));
}

void Violations::check_length(std::string_view member, const std::optional<std::string>& value,
                              size_t most) {
  if (value && value->size() > most)
    add(member, *value, "have length less than or equal to " + std::to_string(most));
}

void Violations::check_enum(std::string_view member, const std::optional<std::string>& value,
                            const std::vector<std::string>& values) {
  if (value && std::find(values.begin(), values.end(), *value) == values.end())
    add(member, *value, "satisfy enum value set: [" + joined(values) + "]");
}

void Violations::throw_if_any() const {
  if (count_ > 0) throw failed_validation(text_, count_);
}

}  // namespace wukong::lambda_api
