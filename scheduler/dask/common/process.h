// A Python process whose threads run Dask's tasks, and what keeps them from running side by side:
// the interpreter's lock, and memory that the kernel gives to one page fault at a time.
// docs/model.md, "Compute".
#pragma once

#include "sim/engine/sync.h"
#include "sim/hosts/host.h"
#include "sim/hosts/task_cost.h"

namespace wukong::hosts {
enum class ExecuteStatus;
struct Machine;
}  // namespace wukong::hosts

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::dask_common {
struct DaskProcessOptions;
}  // namespace wukong::dask_common

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::dask_common {

class DaskProcess {
 public:
  // With `memory` of its own, on a machine that other processes may share.
  DaskProcess(platform::Platform& platform, const dag::Dag& dag, const hosts::Machine& machine,
              Bytes memory, const DaskProcessOptions& options);

  const hosts::Host& host() const { return host_; }
  // Whoever holds it runs Python code.
  engine::Semaphore& interpreter() { return interpreter_; }

  engine::Task<hosts::ExecuteStatus> execute(TaskId task);

 private:
  engine::Task<> call_predict();

  platform::Platform& platform_;
  const dag::Dag& dag_;
  const DaskProcessOptions& options_;
  hosts::Host host_;
  engine::Semaphore interpreter_;
};

}  // namespace wukong::dask_common
