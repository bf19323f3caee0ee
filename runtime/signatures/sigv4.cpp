#include "runtime/signatures/sigv4.h"

#include <algorithm>
#include <ctime>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/digests/sha256.h"
#include "sim/base/error.h"

namespace wukong::signatures {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr int64_t kMostSkew = 15 * 60;

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::vector<std::string_view> divided(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t end = text.find(by);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// Without blanks at its ends, and with one where several were.
std::string trimmed(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t';
    if (blank && (result.empty() || result.back() == ' ')) continue;
    result += blank ? ' ' : c;
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '~';
}

// What is not unreserved is encoded, also what is encoded already: a client signs the path that it
// has sent, encoded once more.
std::string encoded(std::string_view text, bool keeps_slashes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    if (is_unreserved(c) || (c == '/' && keeps_slashes)) {
      result += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    result += '%';
    result += kDigits[byte >> 4];
    result += kDigits[byte & 15];
  }
  return result;
}

// Parameters are on the wire as they are signed, but in any order.
std::string canonical_query(std::string_view query) {
  std::vector<std::string> parameters;
  for (const std::string_view one : divided(query, '&')) {
    if (one.empty()) continue;
    std::string text;
    for (const char c : one) text += c == '+' ? std::string("%20") : std::string(1, c);
    if (text.find('=') == std::string::npos) text += '=';
    const size_t equals = text.find('=');
    // A character that need not be encoded, but could be, as "$" and ":" in names.
    std::string canonical;
    for (size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      canonical += is_unreserved(c) || c == '%' || i == equals ? std::string(1, c)
                                                               : encoded(text.substr(i, 1), false);
    }
    parameters.push_back(std::move(canonical));
  }
  std::sort(parameters.begin(), parameters.end());
  std::string result;
  for (const std::string& parameter : parameters) result += (result.empty() ? "" : "&") + parameter;
  return result;
}

struct Authorization {
  std::string key;
  std::string scope;  // date/region/service/aws4_request
  std::string signed_headers;
  std::string signature;
};

std::optional<Authorization> parse(std::string_view header) {
  if (header.substr(0, kAlgorithm.size()) != kAlgorithm) return std::nullopt;
  Authorization found;
  for (std::string_view part : divided(header.substr(kAlgorithm.size()), ',')) {
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    const size_t equals = part.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = part.substr(0, equals);
    const std::string value = trimmed(part.substr(equals + 1));
    if (name == "Credential") {
      const size_t slash = value.find('/');
      if (slash == std::string::npos) return std::nullopt;
      found.key = value.substr(0, slash);
      found.scope = value.substr(slash + 1);
    } else if (name == "SignedHeaders") {
      found.signed_headers = value;
    } else if (name == "Signature") {
      found.signature = value;
    }
  }
  if (found.key.empty() || found.signed_headers.empty() || found.signature.empty())
    return std::nullopt;
  return found;
}

std::string canonical_request(const http::Request& request, const Authorization& authorization) {
  const size_t mark = request.target.find('?');
  const std::string path = request.target.substr(0, mark);
  const std::string query = mark == std::string::npos ? "" : request.target.substr(mark + 1);
  std::string text =
      request.method + "\n" + encoded(path, true) + "\n" + canonical_query(query) + "\n";
  for (const std::string_view name : divided(authorization.signed_headers, ';'))
    text += lowered(name) + ":" + trimmed(request.header(name)) + "\n";
  // The body's own digest, whatever x-amz-content-sha256 says: an unsigned body does not match.
  const std::string digest = digests::hexadecimal(digests::sha256(request.body));
  return text + "\n" + authorization.signed_headers + "\n" + digest;
}

// In the same time wherever they differ.
bool same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return difference == 0;
}

bool is_signed(const Authorization& authorization, std::string_view header) {
  const std::vector<std::string_view> names = divided(authorization.signed_headers, ';');
  return std::find(names.begin(), names.end(), header) != names.end();
}

}  // namespace

Keys read_keys(const std::string& text, const std::string& file) {
  Keys keys;
  int number = 0;
  for (const std::string_view line : divided(text, '\n')) {
    ++number;
    const std::string words = trimmed(line.substr(0, line.find('#')));
    if (words.empty()) continue;
    const std::vector<std::string_view> pair = divided(words, ' ');
    if (pair.size() != 2)
      throw Error({file, number, ""}, "an access key and its secret, with a blank between them",
                  std::to_string(pair.size()) + (pair.size() == 1 ? " word" : " words"));
    keys[std::string(pair[0])] = pair[1];
  }
  if (keys.empty()) throw Error({file, 0, ""}, "at least one access key", "none");
  return keys;
}

int64_t seconds_of_amz_date(std::string_view text) {
  constexpr std::string_view kForm = "00000000T000000Z";
  if (text.size() != kForm.size()) return -1;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == '0' ? !digit : text[i] != kForm[i]) return -1;
  }
  const auto number = [&](size_t at, size_t digits) {
    return std::stoi(std::string(text.substr(at, digits)));
  };
  std::tm parts{};
  parts.tm_year = number(0, 4) - 1900;
  parts.tm_mon = number(4, 2) - 1;
  parts.tm_mday = number(6, 2);
  parts.tm_hour = number(9, 2);
  parts.tm_min = number(11, 2);
  parts.tm_sec = number(13, 2);
  return timegm(&parts);
}

Verdict verify(const http::Request& request, const Keys& keys, const Scope& scope, int64_t now) {
  const std::string_view header = request.header("Authorization");
  if (header.empty()) return Verdict::no_signature;
  const std::optional<Authorization> authorization = parse(header);
  const std::string date(request.header("x-amz-date"));
  const int64_t seconds = seconds_of_amz_date(date);
  if (!authorization || seconds < 0) return Verdict::incomplete;
  const std::string day = date.substr(0, 8);
  const std::string expected_scope =
      day + "/" + scope.region + "/" + scope.service + "/aws4_request";
  const auto key = keys.find(authorization->key);
  if (key == keys.end()) return Verdict::unknown_key;
  if (now - seconds > kMostSkew || seconds - now > kMostSkew) return Verdict::expired;
  const bool covers = is_signed(*authorization, "host") && is_signed(*authorization, "x-amz-date");
  if (authorization->scope != expected_scope || !covers) return Verdict::does_not_match;
  const std::string to_sign =
      std::string(kAlgorithm) + "\n" + date + "\n" + expected_scope + "\n" +
      digests::hexadecimal(digests::sha256(canonical_request(request, *authorization)));
  std::string signing = "AWS4" + key->second;
  for (const std::string& part : {day, scope.region, scope.service, std::string("aws4_request")})
    signing = digests::hmac_sha256(signing, part);
  const std::string signature = digests::hexadecimal(digests::hmac_sha256(signing, to_sign));
  return same(signature, authorization->signature) ? Verdict::good : Verdict::does_not_match;
}

}  // namespace wukong::signatures
