// PyWren (Jonas et al., SoCC'17), and Lithops, its successor, by another preset: a client maps a
// function over data, one Lambda call each, through object storage and polling. It knows no DAG; so
// a DAG runs as one map after another, level by level, and the client waits for all of a map before
// the next (bulk-synchronous). Constants in configs/presets/system/pywren.yaml.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "scheduler/policy/limit_exceeded.h"
#include "scheduler/policy/options.h"
#include "scheduler/policy/promises.h"
#include "scheduler/policy/system.h"
#include "scheduler/pywren/pywren_call.h"
#include "sim/base/ids.h"
#include "sim/storage/storage_spec.h"

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::hosts {
struct Machine;
}  // namespace wukong::hosts

namespace wukong::functions {
struct Environment;
}  // namespace wukong::functions

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::pywren {

struct PyWrenOptions final : scheduler::Options {
  storage::StoreSpec store;     // of the DAG's objects and of PyWren's own
  std::string client_machine;   // runs the client
  Duration map_setup;           // of a map, in the client: its function and modules are pickled
  int64_t map_limit = 1;        // calls of one map; a larger level is several maps
  int64_t in_flight_limit = 1;  // calls that the client has not seen the end of
  bool poll_while_invoking = false;  // or only when all calls of a map are made, if they may be
  Duration poll;                     // between two looks at the statuses
  Duration poll_after_progress;      // if the last look found new ones
  bool chains_in_one_call = false;   // a linear chain of tasks is one call
  PyWrenCallOptions call;

  void visit(FieldVisitor& v) override;
};

// The first tasks of the calls of each level: a call is a task, or a linear chain of tasks (each
// the only successor of its only predecessor), and is one level after the last call that it reads
// from.
std::vector<std::vector<TaskId>> map_levels(const dag::Dag& dag, bool chains_in_one_call);

class PyWren final : public scheduler::System {
 public:
  PyWren(platform::Platform& platform, const dag::Dag& dag, const PyWrenOptions& options);

  engine::Task<scheduler::Failure> run() override;

 private:
  engine::Task<scheduler::Failure> map(std::span<const TaskId> calls);
  engine::Task<> invoke(TaskId first);
  engine::Task<scheduler::Failure> wait(uint64_t end);
  scheduler::Failure failure() const;

  engine::Task<bool> run_chain(functions::Environment& environment, TaskId first);

  platform::Platform& platform_;
  engine::Engine& engine_;
  const dag::Dag& dag_;
  const PyWrenOptions& options_;
  hosts::Machine& client_;
  storage::ObjectStore& store_;
  FunctionId function_;
  PyWrenCalls calls_;
  engine::Semaphore in_flight_;
  std::vector<engine::Semaphore::Permit> unseen_;  // one for each call that is in flight
  uint64_t seen_ = 0;                              // calls whose results the client has
  bool refused_ = false;                           // an invocation was not accepted
};

// A call that PyWren ends before it can be done.
std::optional<scheduler::LimitExceeded> pywren_limits(const platform::PlatformSpec& platform,
                                                      const dag::Dag& dag,
                                                      const scheduler::Options& options);

std::unique_ptr<scheduler::System> make_pywren(platform::Platform& platform, const dag::Dag& dag,
                                               const scheduler::Options& options);
scheduler::Promises promises_of_pywren(const scheduler::Options& options);

}  // namespace wukong::pywren
