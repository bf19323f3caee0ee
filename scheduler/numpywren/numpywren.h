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

// A task that PyWren ends with its worker before it can be done, though it be the worker's first.
std::optional<LimitExceeded> numpywren_limits(const sim::PlatformSpec& platform,
                                              const workloads::Dag& dag, const Options& options);

std::unique_ptr<System> make_numpywren(sim::Platform& platform, const workloads::Dag& dag,
                                       const Options& options);
Promises promises_of_numpywren(const Options& options);

}  // namespace wukong::scheduler
