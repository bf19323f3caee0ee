// A policy, as it is registered: its name, how its systems are made, and what it promises of them.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "scheduler/policy/alternative.h"
#include "scheduler/policy/limit_exceeded.h"
#include "scheduler/policy/options.h"
#include "scheduler/policy/promises.h"
#include "scheduler/policy/system.h"
#include "workloads/dag/dag_form.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::platform {
class Platform;
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::scheduler {

// What a policy's tasks run on. Functions have limits of memory and time, which a workload is
// checked against before the run; machines have their own, which the policy models. A bound, or
// a policy of a test, may run no task at all; then a run without all tasks is no failure, and no
// check misses them.
enum class TaskHosts { functions, machines, none };

struct Policy {
  std::string_view name;
  dag::DagForm form;
  std::unique_ptr<Options> (*make_options)();
  // REQUIRES: `options` came from make_options; platform, dag and options outlive the system.
  std::unique_ptr<System> (*make_system)(platform::Platform& platform, const dag::Dag& dag,
                                         const Options& options);
  TaskHosts task_hosts = TaskHosts::functions;
  // Its option that bounds what it puts into an invocation's payload; empty: it has none.
  std::string_view payload_option = {};
  // Its option that bounds what is repeated; empty: it has none, or needs none.
  std::string_view repeats_option = {};
  // What it promises with these options, in a function of the policy's own file; null: no more than
  // Promises().
  Promises (*promises)(const Options& options) = nullptr;
  // Limits of its own, beside those of what its tasks run on, checked before the run: only what
  // cannot succeed is refused. Null: it has none.
  std::optional<LimitExceeded> (*check_limits)(const platform::PlatformSpec& platform,
                                               const dag::Dag& dag,
                                               const Options& options) = nullptr;

  // What `wukong explain-time` is to try where a run's time goes into that; nothing if the policy
  // has no option for it. Null: for nothing.
  std::optional<Alternative> (*alternative)(const Options& options, TimeSink sink) = nullptr;

  Promises promises_with(const Options& options) const {
    return promises != nullptr ? promises(options) : Promises();
  }
};

}  // namespace wukong::scheduler
