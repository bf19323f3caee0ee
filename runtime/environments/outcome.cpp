#include "runtime/environments/outcome.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace wukong::environments {
namespace {

// Of a time limit and of an exit AWS says the request's id in the message, of the others not.
bool message_has_request(OutcomeKind kind) {
  return kind == OutcomeKind::exited || kind == OutcomeKind::timed_out ||
         kind == OutcomeKind::init_failed;
}

}  // namespace

std::string answer_body(const Outcome& outcome, const std::string& request_id) {
  if (!outcome.failed() || !outcome.payload.empty()) return outcome.payload;
  boost::json::object document;
  document["errorType"] = outcome.error_type;
  document["errorMessage"] =
      message_has_request(outcome.kind)
          ? fmt::format("RequestId: {} Error: {}", request_id, outcome.error_message)
          : outcome.error_message;
  return boost::json::serialize(document);
}

Outcome outcome_of(const ProcessEnd& end) {
  Outcome outcome;
  outcome.kind = end.before_ready ? OutcomeKind::init_failed : OutcomeKind::exited;
  outcome.error_type = "Runtime.ExitError";
  if (!end.exit_status)
    outcome.error_message = fmt::format("Runtime exited with error: signal: {}",
                                        end.signal == 9 ? "killed" : std::to_string(end.signal));
  else if (*end.exit_status != 0)
    outcome.error_message =
        fmt::format("Runtime exited with error: exit status {}", *end.exit_status);
  else
    outcome.error_message = "Runtime exited without providing a reason";
  outcome.ends_environment = true;
  return outcome;
}

Outcome timed_out_after(std::chrono::milliseconds limit) {
  Outcome outcome;
  outcome.kind = OutcomeKind::timed_out;
  outcome.error_type = "Sandbox.Timedout";
  outcome.error_message =
      fmt::format("Task timed out after {:.2f} seconds", static_cast<double>(limit.count()) / 1000);
  outcome.ends_environment = true;
  return outcome;
}

Outcome response_too_large(std::optional<size_t> bytes) {
  Outcome outcome;
  outcome.kind = OutcomeKind::response_too_large;
  outcome.error_type = "Function.ResponseSizeTooLarge";
  outcome.error_message =
      fmt::format("Response payload size{} exceeded maximum allowed payload size ({} bytes).",
                  bytes ? fmt::format(" ({} bytes)", *bytes) : "", kLargestResponse);
  return outcome;
}

}  // namespace wukong::environments
