// Task execution in the emulator: the task's computation runs in a container of its host, on the
// values that the host's memory holds, and leaves its outputs there. The execution takes as long as
// the computation really took; longer if the host has less than one vCPU.
//
// A task that throws, or does not fit into the host's memory, has failed.
#pragma once

#include <chrono>
#include <map>

#include "runtime/emulation_spec.h"
#include "runtime/host_memory.h"
#include "runtime/measurements.h"
#include "runtime/wall_clock.h"
#include "sim/base/random.h"
#include "sim/platform/task_execution.h"
#include "sim/platform/task_runner.h"
#include "workloads/kernels/computation.h"

namespace wukong::runtime {

class ContainerTaskRunner final : public sim::TaskRunner {
 public:
  struct Parts {
    sim::Engine& engine;
    WallClock& clock;
    HostMemory& memory;
    const workloads::Dag& dag;
    const workloads::Computation& computation;
    Measurements& measurements;
    // Where values are kept that the computation needs in order to verify the results.
    std::map<ObjectId, workloads::Value>& kept;
    const EmulationSpec& spec;
    uint64_t seed;
  };
  ContainerTaskRunner(const Parts& parts, const sim::Books& books)
      : parts_(parts),
        books_(books),
        done_(books.usage),
        kills_(parts.seed, "emulation.container_kills") {}

  sim::Task<sim::ExecuteStatus> execute(const sim::Host& host, TaskId task,
                                        const sim::TaskCost& cost) override;

 private:
  struct Job;
  struct Outcome;
  // What a task takes on the wall beside its computation.
  struct GivenTimes {
    std::chrono::nanoseconds asleep{};
    std::chrono::nanoseconds busy{};
  };

  bool fits(const sim::Host& host, TaskId task, const sim::TaskCost& cost) const;
  std::vector<workloads::Value> inputs_of(const sim::Host& host, TaskId task) const;
  GivenTimes given_times(const sim::Host& host, const sim::TaskCost& cost) const;
  // False if the host has no room for the outputs.
  bool store(const sim::Host& host, TaskId task, Outcome outcome);
  void note_failure(TaskId task, const std::string& reason);

  Parts parts_;
  sim::Books books_;
  sim::DoneTasks done_;
  RandomStream kills_;
};

}  // namespace wukong::runtime
