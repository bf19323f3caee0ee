// A system under study: a scheduler with its options, run on a platform. Adding one takes a .cpp
// file, a line in registry.cpp, a preset in configs/presets/system and a golden trace; see
// docs/adding_a_policy.md.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "scheduler/policy/promises.h"
#include "sim/base/fields.h"
#include "sim/engine/task.h"
#include "sim/platform/platform.h"
#include "workloads/dag/dag.h"

namespace wukong::scheduler {

// A policy's parameters. Values come from its preset, the experiment file and flags.
struct Options {
  virtual ~Options() = default;
  virtual void visit(FieldVisitor& v) = 0;
};

// Why a run did not complete, in one sentence; nothing if it did.
using Failure = std::optional<std::string>;

class System {
 public:
  virtual ~System() = default;
  // The client: submits the DAG and returns when it has the results, or knows that there will be
  // none. What goes on after that (executors that still have to end) is billed, but is not part of
  // the makespan.
  virtual engine::Task<Failure> run() = 0;
  // Functions that it means to keep running side by side, for systems that have such workers.
  virtual int64_t workers() const { return 0; }
};

// What a policy's tasks run on. Functions have limits of memory and time, which a workload is
// checked against before the run; machines have their own, which the policy models. A bound, or
// a policy of a test, may run no task at all; then a run without all tasks is no failure, and no
// check misses them.
enum class TaskHosts { functions, machines, none };

// Why a system can never run a DAG.
struct LimitExceeded {
  std::string text;    // what is needed, and what there is
  std::string option;  // of the system, which would help
};

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

  Promises promises_with(const Options& options) const {
    return promises != nullptr ? promises(options) : Promises();
  }
};

}  // namespace wukong::scheduler
