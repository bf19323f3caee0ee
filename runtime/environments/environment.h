// An execution environment of a function, as AWS Lambda has them: it starts, takes one call at a
// time, rests frozen between calls, and ends. Owned by whoever decides when that is; time limits
// are the owner's too. For the loop's thread: callbacks come on it, never from within the method
// that they were given to, and none after the environment is destroyed.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "runtime/environments/outcome.h"

namespace wukong::environments {

// What a call hands to the function.
struct Event {
  std::string request_id;
  std::string payload;  // JSON
  std::chrono::system_clock::time_point deadline;
  std::string invoked_arn;     // with the qualifier that the client has named
  std::string trace_id;        // X-Amzn-Trace-Id; may be empty
  std::string client_context;  // JSON; may be empty
};

struct Started {
  std::chrono::nanoseconds init_time{};  // from start() to the runtime's first request for a call
  std::optional<Outcome> failure;        // none: it is ready
};

struct KillReason {
  // The call has run into this limit; absent: the environment is just no longer wanted.
  std::optional<std::chrono::milliseconds> time_limit;
};

class Environment {
 public:
  virtual ~Environment() = default;

  // To be called once. `on_ready` is called once, also if the environment ends or is killed before
  // it is ready. `on_gone` is called once, after all else, when it has ended for whatever reason.
  virtual void start(std::function<void(Started)> on_ready, std::function<void()> on_gone) = 0;
  // `on_outcome` is called once, also if the environment ends or is killed meanwhile. REQUIRES: it
  // has become ready, is not gone, and the call before has its outcome.
  virtual void invoke(Event event, std::function<void(Outcome)> on_outcome) = 0;
  // What runs in it stands still soon after it has asked for the next call, and until thaw(). A
  // call that comes meanwhile waits for thaw().
  virtual void freeze() = 0;
  virtual void thaw() = 0;
  // Ends all that runs in it. A start or a call in progress gets its outcome: `timed_out` or, if
  // there is no time limit, `exited`.
  virtual void kill(KillReason reason) = 0;
};

}  // namespace wukong::environments
