// numpywren (Shankar et al., SoCC'20; code of 2019): a central queue of ready tasks, and stateless
// workers that take them one after another, read every input from the store and write every output
// back. Modelled as the released code works, step by step; constants in
// configs/presets/system/numpywren.yaml. This is the driver; a worker is in worker.h, how it reads
// and writes in blocks.h, and the control plane, which all of them use, in control.h.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>

#include "scheduler/numpywren/control.h"
#include "scheduler/numpywren/options.h"
#include "scheduler/policy/promises.h"
#include "scheduler/pywren/pywren_call.h"

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::storage {
class ObjectStore;
}  // namespace wukong::storage

namespace wukong::hosts {
struct Machine;
}  // namespace wukong::hosts

namespace wukong::functions {
struct Environment;
}  // namespace wukong::functions

namespace wukong::numpywren {

class Numpywren final : public scheduler::System {
 public:
  Numpywren(platform::Platform& platform, const dag::Dag& dag, const NumpywrenOptions& options);

  // The driver: enqueues the starters, launches workers, and polls until the program has ended.
  engine::Task<scheduler::Failure> run() override;
  int64_t workers() const override { return std::max(workers_most_, workers_at_first_); }
  std::optional<Duration> reported() const override { return reported_; }

 private:
  engine::Task<> launch(int64_t count);
  engine::Task<> start(engine::TaskGroup& launches);
  engine::Task<> launch_by_policy();
  void read_clock();
  engine::Task<> launch_one();
  engine::Task<bool> work(functions::Environment& environment);

  platform::Platform& platform_;
  engine::Engine& engine_;
  const dag::Dag& dag_;
  const NumpywrenOptions& options_;
  hosts::Machine& client_;
  hosts::Machine& control_machine_;
  storage::ObjectStore& store_;
  storage::ObjectStore& pywren_store_;
  storage::MetadataStore& metadata_;
  storage::MessageQueue& queue_;
  FunctionId worker_function_;
  pywren::PyWrenCalls pywren_;
  NumpywrenControl control_;

  const int64_t workers_most_;
  const int64_t workers_at_first_;
  int64_t workers_up_ = 0;
  Time last_launch_;
  Time clock_started_;
  std::optional<Duration> reported_;
};

// A task that PyWren ends with its worker before it can be done, though it be the worker's first,
// or a block that no request can move in its time.
std::optional<scheduler::LimitExceeded> numpywren_limits(const platform::PlatformSpec& platform,
                                                         const dag::Dag& dag,
                                                         const scheduler::Options& options);

std::unique_ptr<scheduler::System> make_numpywren(platform::Platform& platform, const dag::Dag& dag,
                                                  const scheduler::Options& options);
scheduler::Promises promises_of_numpywren(const scheduler::Options& options);

}  // namespace wukong::numpywren
