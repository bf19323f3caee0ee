// How a call, or a start, of an environment ended; and the document that AWS Lambda answers then.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wukong::environments {

enum class OutcomeKind {
  success,
  function_error,      // the runtime has reported one
  exited,              // the process ended in mid-call, or was killed
  timed_out,           // the owner's time limit
  init_failed,         // the process ended, or reported an error, before it was ready
  response_too_large,  // more than kLargestResponse
};
constexpr std::string_view kOutcomeKindNames[] = {
    "success", "function_error", "exited", "timed_out", "init_failed", "response_too_large"};

// 6 MiB and 100 bytes.
inline constexpr size_t kLargestResponse = size_t{6} * 1024 * 1024 + 100;
inline constexpr size_t kLogTail = size_t{4} * 1024;

struct Outcome {
  OutcomeKind kind = OutcomeKind::success;
  // The function's answer; or, of an error, the JSON document that the runtime has sent: empty if
  // it has sent none.
  std::string payload;
  std::string error_type;     // "Runtime.ExitError"; empty for a success
  std::string error_message;  // without the request's id
  // From the time when the runtime was handed the event. Zero if it was not.
  std::chrono::nanoseconds duration{};
  // The last 4 KB of the call's log, with the lines START, END and REPORT.
  std::string log_tail;
  // The environment takes no more calls; on_gone follows.
  bool ends_environment = false;

  bool failed() const { return kind != OutcomeKind::success; }
};

// What Invoke answers, with status 200, and `X-Amz-Function-Error: Unhandled` if it has failed.
std::string answer_body(const Outcome& outcome, const std::string& request_id);

// The outcome of an environment whose process has ended. `before_ready`: while it was starting.
struct ProcessEnd {
  std::optional<int> exit_status;  // absent: by a signal
  int signal = 0;
  bool before_ready = false;
};
Outcome outcome_of(const ProcessEnd& end);
Outcome timed_out_after(std::chrono::milliseconds limit);
// Absent: so many that they were not counted.
Outcome response_too_large(std::optional<size_t> bytes);

}  // namespace wukong::environments
