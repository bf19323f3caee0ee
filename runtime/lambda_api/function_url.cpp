#include "runtime/lambda_api/function_url.h"

#include <algorithm>
#include <boost/json.hpp>

#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/route.h"
#include "runtime/lambda_api/text_codes.h"

namespace wukong::lambda_api {

namespace json = boost::json;

namespace {

constexpr std::string_view kPrefix = "/url/";

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lowered;
}

bool is_text(const std::string& body, std::string_view content_type) {
  if (content_type.substr(0, 5) == "text/") return true;
  for (const std::string_view kind : {"json", "xml", "javascript", "x-www-form-urlencoded"})
    if (content_type.find(kind) != std::string_view::npos) return true;
  return body.empty();
}

json::object joined_by_comma(const http::Headers& headers) {
  json::object object;
  for (const auto& [name, value] : headers) {
    const std::string key = lower(name);
    if (json::value* const known = object.if_contains(key))
      *known = std::string(known->as_string()) + "," + value;
    else
      object[key] = value;
  }
  return object;
}

json::object parameters_object(const std::string& query) {
  json::object object;
  for (const auto& [name, value] : parameters_of("?" + query)) {
    if (json::value* const known = object.if_contains(name))
      *known = std::string(known->as_string()) + "," + value;
    else
      object[name] = value;
  }
  return object;
}

bool is_header_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  });
}

bool is_header_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

// Those that the server makes itself, or that would divide the response, are left out.
void add_headers(const json::object& answer, http::Response& response) {
  const json::value* const headers = answer.if_contains("headers");
  if (headers != nullptr && headers->is_object()) {
    for (const auto& [name, value] : headers->get_object()) {
      const std::string text =
          value.is_string() ? std::string(value.get_string()) : json::serialize(value);
      const std::string key = lower(name);
      const bool own = key == "content-length" || key == "connection" || key == "transfer-encoding";
      if (!own && is_header_name(name) && is_header_text(text))
        response.headers.emplace_back(name, text);
    }
  }
  const json::value* const cookies = answer.if_contains("cookies");
  if (cookies == nullptr || !cookies->is_array()) return;
  for (const json::value& cookie : cookies->get_array())
    if (cookie.is_string() && is_header_text(std::string(cookie.get_string())))
      response.headers.emplace_back("Set-Cookie", std::string(cookie.get_string()));
}

bool has_content_type(const http::Response& response) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [](const auto& header) { return lower(header.first) == "content-type"; });
}

}  // namespace

bool is_url_target(std::string_view target) { return target.substr(0, kPrefix.size()) == kPrefix; }

UrlTarget url_target(std::string_view target) {
  const std::string_view path = path_of(target);
  const size_t end = std::min(path.find('/', kPrefix.size()), path.size());
  UrlTarget found;
  found.id = percent_decoded(path.substr(kPrefix.size(), end - kPrefix.size()));
  found.path = end == path.size() ? "/" : std::string(path.substr(end));
  if (path.size() < target.size()) found.query = target.substr(path.size() + 1);
  return found;
}

bool is_signed_url(const Functions& functions, const std::string& id) {
  for (const auto& [name, function] : functions)
    for (const auto& [qualifier, url] : function.urls)
      if (url.id == id) return url.auth_type == "AWS_IAM";
  return false;
}

FunctionName function_of_url(const Functions& functions, const std::string& id) {
  for (const auto& [name, function] : functions)
    for (const auto& [qualifier, url] : function.urls)
      if (url.id == id) return {name, qualifier};
  throw ApiError(404, "ResourceNotFoundException", "no function has this URL",
                 MessageKey::upper_case);
}

std::string url_event(const UrlTarget& target, const http::Request& request,
                      const std::string& request_id, int64_t now_ms) {
  json::object event;
  event["version"] = "2.0";
  event["routeKey"] = "$default";
  event["rawPath"] = percent_decoded(target.path);
  event["rawQueryString"] = target.query;
  const std::string_view cookies = request.header("Cookie");
  if (!cookies.empty()) event["cookies"] = json::array{json::string(cookies)};
  event["headers"] = joined_by_comma(request.headers);
  if (!target.query.empty()) event["queryStringParameters"] = parameters_object(target.query);
  const std::string host(request.header("Host"));
  event["requestContext"] = {{"accountId", "anonymous"},
                             {"apiId", target.id},
                             {"domainName", host},
                             {"domainPrefix", target.id},
                             {"http",
                              {{"method", request.method},
                               {"path", percent_decoded(target.path)},
                               {"protocol", "HTTP/1.1"},
                               {"sourceIp", request.peer},
                               {"userAgent", std::string(request.header("User-Agent"))}}},
                             {"requestId", request_id},
                             {"routeKey", "$default"},
                             {"stage", "$default"},
                             {"time", iso_time(now_ms)},
                             {"timeEpoch", now_ms}};
  const bool as_text = is_text(request.body, request.header("Content-Type"));
  if (!request.body.empty()) event["body"] = as_text ? request.body : base64(request.body);
  event["isBase64Encoded"] = !as_text;
  return json::serialize(event);
}

http::Response url_response(const std::string& answer) {
  boost::system::error_code error;
  const json::value value = json::parse(answer, error);
  http::Response response{.status = 200, .headers = {}, .body = {}};
  const json::object* const object = error ? nullptr : value.if_object();
  const json::value* const status = object == nullptr ? nullptr : object->if_contains("statusCode");
  if (status == nullptr) {
    response.headers.emplace_back("Content-Type", "application/json");
    response.body = !error && value.is_string() ? std::string(value.get_string()) : answer;
    return response;
  }
  const int64_t code = status->is_int64() ? status->get_int64() : 0;
  if (code < 200 || code > 599) return url_failure();
  response.status = static_cast<int>(code);
  add_headers(*object, response);
  if (!has_content_type(response))
    response.headers.emplace_back("Content-Type", "application/json");
  const json::value* const body = object->if_contains("body");
  if (body == nullptr || body->is_null()) return response;
  response.body = body->is_string() ? std::string(body->get_string()) : json::serialize(*body);
  const json::value* const coded = object->if_contains("isBase64Encoded");
  if (coded == nullptr || !coded->is_bool() || !coded->get_bool()) return response;
  const auto bytes = from_base64(response.body);
  if (!bytes) return url_failure();
  response.body = *bytes;
  return response;
}

http::Response url_failure() {
  return {.status = 502,
          .headers = {{"Content-Type", "application/json"}},
          .body = "{\"Message\":\"Internal Server Error\"}"};
}

}  // namespace wukong::lambda_api
