// PyWren (Jonas et al., SoCC'17), and Lithops, its successor, by another preset: a client maps a
// function over data, one Lambda call each, through object storage and polling. It knows no DAG; so
// a DAG runs as one map after another, level by level, and the client waits for all of a map before
// the next (bulk-synchronous). Constants in configs/presets/system/pywren.yaml.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "scheduler/pywren/pywren_call.h"
#include "scheduler/system.h"

namespace wukong::scheduler {

struct PyWrenOptions final : Options {
  sim::StoreSpec store;         // of the DAG's objects and of PyWren's own
  std::string client_machine;   // runs the client
  Duration map_setup;           // of a map, in the client: its function and modules are pickled
  int64_t map_limit = 1;        // calls of one map; a larger level is several maps
  int64_t in_flight_limit = 1;  // calls that the client has not seen the end of
  bool poll_while_invoking = false;  // or only when all calls of a map are made
  Duration poll;                     // between two looks at the statuses
  Duration poll_after_progress;      // if the last look found new ones
  bool chains_in_one_call = false;   // a linear chain of tasks is one call
  PyWrenCallOptions call;

  void visit(FieldVisitor& v) override;
};

// The first tasks of the calls of each level: a call is a task, or a linear chain of tasks (each
// the only successor of its only predecessor), and is one level after the last call that it reads
// from.
std::vector<std::vector<TaskId>> map_levels(const workloads::Dag& dag, bool chains_in_one_call);

class PyWren final : public System {
 public:
  PyWren(sim::Platform& platform, const workloads::Dag& dag, const PyWrenOptions& options);

  sim::Task<Failure> run() override;

 private:
  sim::Task<Failure> map(std::span<const TaskId> calls);
  sim::Task<> invoke(TaskId first);
  sim::Task<Failure> wait(uint64_t end);
  Failure failure() const;

  sim::Task<bool> run_chain(sim::Environment& environment, TaskId first);

  sim::Platform& platform_;
  sim::Engine& engine_;
  const workloads::Dag& dag_;
  const PyWrenOptions& options_;
  sim::Machine& client_;
  sim::ObjectStore& store_;
  sim::FunctionId function_;
  PyWrenCalls calls_;
  sim::Semaphore in_flight_;
  std::vector<sim::Semaphore::Permit> unseen_;  // one for each call that is in flight
  uint64_t seen_ = 0;                           // calls whose results the client has
  bool refused_ = false;                        // an invocation was throttled beyond its retries
};

// A call that PyWren ends before it can be done.
std::optional<LimitExceeded> pywren_limits(const sim::PlatformSpec& platform,
                                           const workloads::Dag& dag, const Options& options);

std::unique_ptr<System> make_pywren(sim::Platform& platform, const workloads::Dag& dag,
                                    const Options& options);
Promises promises_of_pywren(const Options& options);

}  // namespace wukong::scheduler
