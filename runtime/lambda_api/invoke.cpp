#include "runtime/lambda_api/invoke.h"

#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/documents.h"
#include "runtime/lambda_api/members.h"
#include "runtime/lambda_api/text_codes.h"

namespace wukong::lambda_api {
namespace {

constexpr size_t kLongestContext = 3583;  // in base64
constexpr size_t kLogTail = 4096;

InvocationType type_of(const Route& route, const http::Request& request) {
  if (route.operation == Operation::invoke_async) return InvocationType::event;
  const std::string type(request.header("X-Amz-Invocation-Type"));
  if (type.empty() || type == "RequestResponse") return InvocationType::request_response;
  if (type == "Event") return InvocationType::event;
  if (type == "DryRun") return InvocationType::dry_run;
  Violations violations;
  violations.check_enum("invocationType", type, {"Event", "RequestResponse", "DryRun"});
  violations.throw_if_any();
  return InvocationType::request_response;
}

std::string context_of(const http::Request& request) {
  const std::string_view coded = request.header("X-Amz-Client-Context");
  if (coded.empty()) return {};
  const std::optional<std::string> context = from_base64(coded);
  if (coded.size() > kLongestContext || !context || !is_json(*context))
    throw ApiError(400, "InvalidRequestContentException",
                   "Client context must be a valid Base64-encoded JSON object of at most 3583 "
                   "bytes.");
  return *context;
}

}  // namespace

InvokeRequest parse_invoke(const Limits& limits, const Route& route, const http::Request& request) {
  InvokeRequest invoke;
  invoke.name = parse_function_name(limits.owner, route.target, route.parameter("Qualifier"));
  if (invoke.name.qualifier.empty()) invoke.name.qualifier = kLatest;
  invoke.type = type_of(route, request);
  const std::string log(request.header("X-Amz-Log-Type"));
  Violations violations;
  if (!log.empty()) violations.check_enum("logType", log, {"None", "Tail"});
  violations.throw_if_any();
  invoke.wants_log = log == "Tail";
  invoke.client_context = context_of(request);
  return invoke;
}

void check_state(const Version& version, int64_t now_ms) {
  if (!is_pending(version, now_ms)) return;
  throw conflict(
      "The operation cannot be performed at this time. The function is currently in the following "
      "state: Pending",
      MessageKey::upper_case);
}

void check_payload(const Limits& limits, InvocationType type, const std::string& payload) {
  const int64_t most = type == InvocationType::event ? limits.async_payload : limits.sync_payload;
  const auto size = static_cast<int64_t>(payload.size());
  if (size > most)
    throw ApiError(413, "RequestTooLargeException",
                   std::to_string(size) + " byte payload is too large for the " +
                       (type == InvocationType::event ? "Event" : "RequestResponse") +
                       " invocation type (limit " + std::to_string(most) + " bytes)");
  if (payload.empty() || is_json(payload)) return;
  throw ApiError(400, "InvalidRequestContentException",
                 "Could not parse request body into json: this is no JSON document");
}

http::Response response_of(const InvokeAnswer& answer) {
  http::Response response{
      .status = 200,
      .headers = {{"Content-Type", "application/json"}, {"X-Amz-Executed-Version", answer.version}},
      .body = answer.body};
  if (answer.function_error) response.headers.emplace_back("X-Amz-Function-Error", "Unhandled");
  if (answer.log) {
    const size_t begin = answer.log->size() > kLogTail ? answer.log->size() - kLogTail : 0;
    response.headers.emplace_back("X-Amz-Log-Result", base64(answer.log->substr(begin)));
  }
  return response;
}

http::Response accepted_event(const std::string& version) {
  return {.status = 202, .headers = {{"X-Amz-Executed-Version", version}}, .body = {}};
}

http::Response dry_run() { return {.status = 204, .headers = {}, .body = {}}; }

}  // namespace wukong::lambda_api
