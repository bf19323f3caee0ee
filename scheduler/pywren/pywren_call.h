// How PyWren runs a function call on Lambda, shared by the systems that are built on it: the
// client's threads that invoke, what its handler does around the user's function, and how the
// client fetches results.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/policy/limit_exceeded.h"
#include "scheduler/pywren/call_options.h"
#include "sim/base/ids.h"
#include "sim/base/inline_function.h"
#include "sim/engine/sync.h"

namespace wukong::hosts {
struct Host;
}  // namespace wukong::hosts

namespace wukong::storage {
class ObjectStore;
}  // namespace wukong::storage

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::functions {
struct Environment;
enum class HandlerResult;
}  // namespace wukong::functions

namespace wukong::pywren {

// If a call that is busy for that long in its function can never end by itself, since PyWren ends
// it before: what it needs and has. `what`: who needs it, e.g. "task a".
std::optional<scheduler::LimitExceeded> call_limit(const PyWrenCallOptions& options,
                                                   const std::string& what, Duration busy);

// With one decimal, upwards: what exceeds a limit does not look equal to it.
std::string seconds_text(Duration time);

class PyWrenCalls {
 public:
  // The user's function. False if it failed: then its status says so, and Lambda sees a success.
  using Body = InlineFunction<engine::Task<bool>(functions::Environment&), 40>;

  // `objects` is where PyWren keeps functions, data and results; ids from `first_object` on are its
  // own.
  PyWrenCalls(platform::Platform& platform, const hosts::Host& client,
              storage::ObjectStore& objects, size_t first_object, const PyWrenCallOptions& options);

  // Uploads function and data of a map: one object each. False if the store fails.
  engine::Task<bool> upload();
  // One call, through the pool of threads. Returns when it is accepted, not when it has run.
  engine::Task<bool> call(FunctionId function, Body body);
  // The client asks which calls of a map of `calls` have a status.
  engine::Task<> list_statuses(size_t calls);
  // Status and result of calls [first, end), in the order in which they finished, by the pool of
  // threads. REQUIRES: end <= finished().
  engine::Task<> fetch_results(uint64_t first, uint64_t end);

  // Calls whose result and status are stored, and those of them whose function failed.
  uint64_t finished() const { return finished_.size(); }
  uint64_t failed() const { return failed_; }
  // How many have failed, and why as far as it is known here.
  std::string failed_text() const;
  // The client could not read a status or a result.
  bool lost_results() const { return lost_results_; }

 private:
  struct ChildProcess {
    engine::Event ended;  // by itself, or by its parent
    bool succeeded = false;
    bool returned = false;
  };

  engine::Task<functions::HandlerResult> handle(functions::Environment& environment, uint32_t slot);
  engine::Task<bool> run_child(functions::Environment& environment, uint32_t slot);
  engine::Task<> run_to_end(functions::Environment& environment, uint32_t slot,
                            ChildProcess& child);
  engine::Task<bool> run_function(functions::Environment& environment, uint32_t slot);
  engine::Task<> fetch_some(uint64_t& next, uint64_t end);
  ObjectId output_of(size_t slot) const { return ObjectId(first_status_ + 2 * slot); }
  ObjectId status_of(size_t slot) const { return ObjectId(first_status_ + 2 * slot + 1); }

  platform::Platform& platform_;
  engine::Engine& engine_;
  const hosts::Host& client_;
  storage::ObjectStore& objects_;
  ObjectId function_object_;
  ObjectId data_object_;
  size_t first_status_;
  const PyWrenCallOptions& options_;
  engine::Semaphore threads_;
  engine::Semaphore interpreter_;
  std::deque<Body> bodies_;         // by slot: a retried call runs the same body again
  std::vector<uint32_t> finished_;  // slots, in the order of their status
  std::vector<bool> has_finished_;  // by slot: a call that was made twice counts once
  uint64_t failed_ = 0;
  uint64_t cut_short_ = 0;  // whose child ran too long
  bool lost_results_ = false;
};

}  // namespace wukong::pywren
