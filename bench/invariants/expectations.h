// What a run must do beyond what every run must: it depends on the system, its options, and the
// faults that struck. The same table, for people, is docs/faults.md.
#pragma once

#include <optional>

#include "bench/run.h"

namespace wukong::bench {

struct Expectations {
  // The client gets its results.
  bool completes = true;
  // No task is executed twice.
  bool once = true;
  // No task starts, and no object is asked for, before what it depends on is there.
  bool in_order = true;
  // Nothing is left behind: messages, functions.
  bool tidy = true;
  // No lease of a message runs out sooner after its receipt; absent: any may.
  std::optional<Duration> shortest_lease = std::nullopt;
  // vCPUs of the widest host that a task may have run on: a function, or a machine.
  double widest_host = kAnyHost;

  static constexpr double kAnyHost = 10'000;  // wider than any
};

// REQUIRES: `result` is that of a run of `system` on `dag` and `platform`.
Expectations expectations(const SystemSetup& system, const workloads::Dag& dag,
                          const sim::PlatformSpec& platform, const RunResult& result);

}  // namespace wukong::bench
