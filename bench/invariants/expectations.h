// What a run must do beyond what every run must: what its policy promises (scheduler/promises.h),
// as far as what happened leaves the promise standing. The same table, for people, is
// docs/faults.md.
#pragma once

#include <optional>

#include "scheduler/policy/promises.h"
#include "sim/base/time.h"

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::run {
struct Job;
struct RunResult;
}  // namespace wukong::run

namespace wukong::invariants {

struct Expectations {
  // The client gets its results.
  bool completes = true;
  // Every task is executed, if the run completes, and functions cost what they are billed. A bound
  // runs none, and charges what they would cost.
  bool runs_tasks = true;
  // No task is executed twice.
  bool once = true;
  // How often a task may be executed beyond once, whatever failed; functions that failed and had
  // begun it, and leases that ran out, come on top where `failures_repeat`. Absent: any number.
  std::optional<uint64_t> repeats = std::nullopt;
  bool failures_repeat = true;
  // By which functions look into queues; absent: nothing is known.
  std::optional<scheduler::Polling> polling = std::nullopt;
  std::optional<scheduler::Polling> slow_requests = std::nullopt;
  // Faults that delivered an invocation or a message twice, and those that made a request fail.
  uint64_t doubled = 0;
  uint64_t failed_requests = 0;
  // No task starts, and no object is asked for, before what it depends on is there.
  bool in_order = true;
  // Nothing is left behind: messages, functions.
  bool tidy = true;
  // No lease of a message runs out sooner after its receipt; absent: any may.
  std::optional<Duration> shortest_lease = std::nullopt;
  // vCPUs of the widest host that a task may have run on: a function, or a machine.
  double widest_host = kAnyHost;

  static constexpr uint64_t kAnyNumber = ~uint64_t{0};
  static constexpr double kAnyHost = 10'000;  // wider than any
};

// What went wrong in the run, as its policy met it.
scheduler::Mishaps mishaps_of(const run::RunResult& result);

// REQUIRES: `result` is that of a run of `job` on `platform`.
Expectations expectations(const run::Job& job, const platform::PlatformSpec& platform,
                          const run::RunResult& result);

}  // namespace wukong::invariants
