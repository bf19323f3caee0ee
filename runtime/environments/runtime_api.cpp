#include "runtime/environments/runtime_api.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <utility>

#include "sim/base/check.h"

namespace wukong::environments {
namespace {

constexpr std::string_view kRoot = "/2018-06-01/runtime/";

http::Response json_response(int status, std::string body) {
  return {
      .status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

http::Response api_error(int status, const char* type, const std::string& message) {
  const boost::json::object document = {{"errorMessage", message}, {"errorType", type}};
  return json_response(status, boost::json::serialize(document));
}

http::Response accepted() { return json_response(202, "{\"status\":\"OK\"}\n"); }

http::Response wrong_state() {
  return api_error(403, "InvalidStateTransition",
                   "Transition from the current state is not allowed");
}

http::Response too_large() {
  return api_error(
      413, "RequestEntityTooLarge",
      fmt::format("Exceeded maximum allowed payload size ({} bytes).", kLargestResponse));
}

// What a header can carry. JSON has no control characters but white space between its tokens.
std::string header_value(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return text;
}

std::string text_member(const boost::json::object& document, const char* name) {
  const auto* found = document.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

// What a runtime says of an error: a JSON document, whose type is in a header, too.
Outcome reported_error(http::Request request, OutcomeKind kind) {
  Outcome outcome;
  outcome.kind = kind;
  outcome.error_type = request.header("Lambda-Runtime-Function-Error-Type");
  boost::system::error_code error;
  const boost::json::value document = boost::json::parse(request.body, error);
  if (!error && document.is_object()) {
    outcome.payload = std::move(request.body);
    const std::string type = text_member(document.get_object(), "errorType");
    if (!type.empty()) outcome.error_type = type;
    outcome.error_message = text_member(document.get_object(), "errorMessage");
  }
  if (outcome.error_type.empty()) outcome.error_type = "Runtime.Unknown";
  return outcome;
}

}  // namespace

RuntimeApi::RuntimeApi(Listener listener) : listener_(std::move(listener)) {}

void RuntimeApi::handle(http::Request request, http::Answer answer) {
  const std::string target = request.target;
  std::string_view path = target;
  path = path.substr(0, path.find('?'));
  if (path.substr(0, kRoot.size()) != kRoot)
    return answer(api_error(404, "NotFound", "no such path: " + std::string(path)));
  path.remove_prefix(kRoot.size());
  constexpr std::string_view kInvocation = "invocation/";
  if (request.method == "GET" && path == "invocation/next") return next(std::move(answer));
  if (request.method == "POST" && path == "init/error")
    return init_error(std::move(request), answer);
  if (request.method == "POST" && path.substr(0, kInvocation.size()) == kInvocation)
    return call_end(std::move(request), answer, path.substr(kInvocation.size()));
  answer(api_error(404, "NotFound", "no such path: " + target));
}

void RuntimeApi::next(http::Answer answer) {
  if (call_) return answer(wrong_state());
  // A runtime that asks once more has given up its first question, perhaps with its connection.
  if (next_) std::exchange(next_, std::nullopt).value()(wrong_state());
  next_ = std::move(answer);
  ready_ = true;
  listener_.on_next();
}

void RuntimeApi::hand_over(const Event& event) {
  ENSURE(waits() && !call_);
  const auto deadline =
      std::chrono::duration_cast<std::chrono::milliseconds>(event.deadline.time_since_epoch());
  http::Response response = json_response(200, event.payload);
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) response.headers.emplace_back(name, header_value(value));
  };
  add("Lambda-Runtime-Aws-Request-Id", event.request_id);
  add("Lambda-Runtime-Deadline-Ms", std::to_string(deadline.count()));
  add("Lambda-Runtime-Invoked-Function-Arn", event.invoked_arn);
  add("Lambda-Runtime-Trace-Id", event.trace_id);
  add("Lambda-Runtime-Client-Context", event.client_context);
  call_ = event.request_id;
  std::exchange(next_, std::nullopt).value()(std::move(response));
}

void RuntimeApi::init_error(http::Request request, const http::Answer& answer) {
  if (ready_) return answer(wrong_state());
  answer(accepted());
  Outcome outcome = reported_error(std::move(request), OutcomeKind::init_failed);
  outcome.ends_environment = true;
  ready_ = true;
  listener_.on_init_error(std::move(outcome));
}

// `rest` is what is after "invocation/": "ID/response" or "ID/error".
void RuntimeApi::call_end(http::Request request, const http::Answer& answer,
                          std::string_view rest) {
  const size_t slash = rest.find('/');
  const std::string_view verb = slash == std::string_view::npos ? "" : rest.substr(slash + 1);
  if (verb != "response" && verb != "error")
    return answer(api_error(404, "NotFound", "no such path: " + request.target));
  if (!call_) return answer(wrong_state());
  if (rest.substr(0, slash) != *call_)
    return answer(api_error(400, "InvalidRequestID", "Invalid request ID"));
  const std::string_view mode = request.header("Lambda-Runtime-Function-Response-Mode");
  if (!mode.empty() && mode != "streaming")
    return answer(api_error(400, "InvalidFunctionResponseMode",
                            "Invalid function response mode: " + std::string(mode)));
  call_.reset();
  if (request.body.size() > kLargestResponse) {
    answer(too_large());
    return listener_.on_outcome(response_too_large(request.body.size()));
  }
  answer(accepted());
  if (verb == "error")
    return listener_.on_outcome(reported_error(std::move(request), OutcomeKind::function_error));
  Outcome outcome;
  outcome.payload = std::move(request.body);
  listener_.on_outcome(std::move(outcome));
}

void RuntimeApi::refused_body() {
  if (!call_) return;
  call_.reset();
  listener_.on_outcome(response_too_large(std::nullopt));
}

}  // namespace wukong::environments
