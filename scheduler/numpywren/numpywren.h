// numpywren (Shankar et al., SoCC'20; code of 2019): a central queue of ready tasks, and stateless
// workers that take them one after another, read every input from the store and write every output
// back. Modelled as the released code works, step by step; constants in
// configs/presets/system/numpywren.yaml. This is the driver; a worker is in worker.h, how it reads
// and writes in blocks.h, and the control plane, which all of them use, in control.h.
#pragma once

#include <memory>

#include "scheduler/numpywren/control.h"
#include "scheduler/numpywren/options.h"

namespace wukong::scheduler {

class Numpywren final : public System {
 public:
  Numpywren(sim::Platform& platform, const workloads::Dag& dag, const NumpywrenOptions& options);

  // The driver: enqueues the starters, launches workers, and polls until the program has ended.
  sim::Task<Failure> run() override;
  int64_t workers() const override { return workers_most_; }

 private:
  sim::Task<> launch(int64_t count);
  sim::Task<> launch_by_policy();
  sim::Task<> launch_one();
  sim::Task<bool> work(sim::Environment& environment);

  sim::Platform& platform_;
  sim::Engine& engine_;
  const workloads::Dag& dag_;
  const NumpywrenOptions& options_;
  sim::Machine& client_;
  sim::Machine& control_machine_;
  sim::ObjectStore& store_;
  sim::ObjectStore& pywren_store_;
  sim::MetadataStore& metadata_;
  sim::MessageQueue& queue_;
  sim::FunctionId worker_function_;
  PyWrenCalls pywren_;
  NumpywrenControl control_;

  const int64_t workers_most_;
  int64_t workers_up_ = 0;
  Time last_launch_;
};
struct Worker;
// A key, a counter, a status: what a request to the control plane carries.
static constexpr Bytes kControlRequest{100};

sim::Task<> launch(int64_t count);
sim::Task<> launch_by_policy();
sim::Task<> launch_one();

// worker.cpp
sim::Task<bool> work(sim::Environment& environment);
sim::Task<bool> connect(Worker& worker);
sim::Task<bool> try_to_connect(Worker& worker);
sim::Task<> pipeline_slot(Worker& worker);
sim::Task<bool> take_and_run(Worker& worker);
sim::Task<bool> run_node(Worker& worker, TaskId task);
sim::Task<> keep_lease(const sim::Host& host, sim::QueueMessage message);
// blocks.cpp
sim::Task<bool> read_inputs(Worker& worker, TaskId task);
sim::Task<sim::StoreStatus> read_block(Worker& worker, ObjectId object);
sim::Task<bool> write_outputs(Worker& worker, TaskId task);
sim::Task<sim::StoreStatus> write_block(Worker& worker, ObjectId object);
sim::Task<bool> open_client(Worker& worker, ObjectId object);
// control.cpp
sim::Task<bool> post_operation(const sim::Host& host, TaskId task);
sim::Task<bool> finish_edge(const sim::Host& host, TaskId parent, TaskId child);
sim::Task<> analyse(const sim::Host& host);
sim::Task<> round_trips(const sim::Host& host, int count);

sim::Platform& platform_;
sim::Engine& engine_;
const workloads::Dag& dag_;
const NumpywrenOptions& options_;
sim::Machine& client_;
sim::Machine& control_;
sim::ObjectStore& store_;
sim::ObjectStore& pywren_store_;
sim::MetadataStore& metadata_;
sim::MessageQueue& queue_;
sim::FunctionId worker_function_;
PyWrenCalls pywren_;

const int64_t workers_most_;
std::vector<NodeStatus> status_;
std::vector<bool> returned_;  // sinks that the program's end has counted
size_t sinks_left_;
bool succeeded_ = false;
Failure failure_;  // what the driver will find
int64_t workers_up_ = 0;
Time last_launch_;
};

// A task that PyWren ends with its worker before it can be done, though it be the worker's first.
std::optional<LimitExceeded> numpywren_limits(const sim::PlatformSpec& platform,
                                              const workloads::Dag& dag, const Options& options);

std::unique_ptr<System> make_numpywren(sim::Platform& platform, const workloads::Dag& dag,
                                       const Options& options);

}  // namespace wukong::scheduler
