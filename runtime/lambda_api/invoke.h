// Invoke, as values: what a request asks for, and what is answered.
#pragma once

#include <optional>
#include <string>

#include "runtime/http/http_message.h"
#include "runtime/lambda_api/limits.h"
#include "runtime/lambda_api/records.h"
#include "runtime/lambda_api/route.h"

namespace wukong::lambda_api {

enum class InvocationType { request_response, event, dry_run };

struct InvokeRequest {
  FunctionName name;
  InvocationType type = InvocationType::request_response;
  bool wants_log = false;
  std::string client_context;  // JSON; empty: none
};

// Looks at the request's line and headers; its body comes later, as the original's order of checks
// is. Throws ApiError.
InvokeRequest parse_invoke(const Limits& limits, const Route& route, const http::Request& request);

// Throws ApiError if the function is not there yet, or the payload is too large or is no JSON.
void check_state(const Version& version, int64_t now_ms);
void check_payload(const Limits& limits, InvocationType type, const std::string& payload);

struct InvokeAnswer {
  std::string version;
  std::string body;
  bool function_error = false;
  std::optional<std::string> log;  // its end; absent: nobody asked for it
};
http::Response response_of(const InvokeAnswer& answer);
http::Response accepted_event(const std::string& version);
http::Response dry_run();

}  // namespace wukong::lambda_api
