// Function URLs, payload format 2.0: an HTTP request as an event, and a function's answer as a
// response. Here the URL of a function is "/url/ID/..." on the server itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/http/http_message.h"
#include "runtime/lambda_api/function_name.h"
#include "runtime/lambda_api/records.h"

namespace wukong::lambda_api {

struct UrlTarget {
  std::string id;
  std::string path;   // "/...", still encoded
  std::string query;  // the same, without "?"
};
bool is_url_target(std::string_view target);
// REQUIRES: is_url_target(target).
UrlTarget url_target(std::string_view target);

// Whether it takes signed requests alone (AWS_IAM).
bool is_signed_url(const Functions& functions, const std::string& id);
// Throws ApiError if no function has the URL.
FunctionName function_of_url(const Functions& functions, const std::string& id);

std::string url_event(const UrlTarget& target, const http::Request& request,
                      const std::string& request_id, int64_t now_ms);
// An object with a statusCode is a response; anything else is the body of one.
http::Response url_response(const std::string& answer);
http::Response url_failure();

}  // namespace wukong::lambda_api
