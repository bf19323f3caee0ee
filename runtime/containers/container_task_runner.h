// Task execution in the emulator: the task's computation runs in a container of its host, on the
// values that the host's memory holds, and leaves its outputs there. The execution takes as long as
// the computation really took; longer if the host has less than one vCPU.
//
// A task that throws, or does not fit into the host's memory, has failed.
#pragma once

#include <chrono>
#include <map>

#include "runtime/containers/host_memory.h"
#include "runtime/loop/emulation_spec.h"
#include "runtime/loop/measurements.h"
#include "runtime/loop/wall_clock.h"
#include "sim/accounting/task_execution.h"
#include "sim/accounting/usage.h"
#include "sim/base/random.h"
#include "sim/fluid/fluid.h"
#include "sim/hosts/task_runner.h"
#include "workloads/computations/computation.h"

namespace wukong::containers {

class ContainerTaskRunner final : public hosts::TaskRunner {
 public:
  struct Parts {
    engine::Engine& engine;
    loop::WallClock& clock;
    HostMemory& memory;
    const dag::Dag& dag;
    const computations::Computation& computation;
    loop::Measurements& measurements;
    // Where values are kept that the computation needs in order to verify the results.
    std::map<ObjectId, kernels::Value>& kept;
    const loop::EmulationSpec& spec;
    uint64_t seed;
  };
  ContainerTaskRunner(const Parts& parts, const accounting::Books& books)
      : parts_(parts),
        books_(books),
        done_(books.usage),
        kills_(parts.seed, "emulation.container_kills") {}

  engine::Task<hosts::ExecuteStatus> execute(const hosts::Host& host, TaskId task,
                                             const hosts::TaskCost& cost) override;

 private:
  struct Job;
  struct Outcome;
  // What a task takes on the wall beside its computation.
  struct GivenTimes {
    std::chrono::nanoseconds asleep{};
    std::chrono::nanoseconds busy{};
  };

  bool fits(const hosts::Host& host, TaskId task, const hosts::TaskCost& cost) const;
  std::vector<kernels::Value> inputs_of(const hosts::Host& host, TaskId task) const;
  GivenTimes given_times(const hosts::Host& host, const hosts::TaskCost& cost) const;
  // False if the host has no room for the outputs.
  bool store(const hosts::Host& host, TaskId task, Outcome outcome);
  void note_failure(TaskId task, const std::string& reason);

  Parts parts_;
  accounting::Books books_;
  accounting::DoneTasks done_;
  RandomStream kills_;
};

}  // namespace wukong::containers
