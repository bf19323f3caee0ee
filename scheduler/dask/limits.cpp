#include "scheduler/dask/limits.h"

#include <algorithm>

#include "scheduler/dask/common/options.h"
#include "scheduler/dask/common/task_memory.h"
#include "scheduler/dask/threads.h"
#include "sim/platform/platform_spec.h"

namespace wukong::dask {
namespace {

// The least that a task takes on a machine, whatever else runs there.
Duration least_time(const platform::PlatformSpec& platform, const std::string& machine,
                    const hosts::TaskCost& cost) {
  const auto found = platform.machines.find(machine);
  if (found == platform.machines.end()) return Duration::zero();  // an error of its own
  const hosts::MachineType& type = found->second;
  const double fastest = std::max(type.vcpu_speed, type.product_speed) * type.lone_speed;
  return execution_time(cost, type.vcpus, platform.compute, {.rates = fastest, .recorded = 1});
}

scheduler::LimitExceeded too_large(const dag::Dag& dag, TaskId task, Bytes needed,
                                   const std::string& had, std::string option) {
  return {"task " + dag.name(task) + " needs " + dask_common::dask_needed_text(needed) +
              " of memory with its inputs, its outputs and the process, and " + had,
          std::move(option)};
}

}  // namespace

std::optional<scheduler::LimitExceeded> dask_limits(const platform::PlatformSpec& platform,
                                                    const dag::Dag& dag,
                                                    const scheduler::Options& options) {
  const auto& dask = dynamic_cast<const dask_common::DaskOptions&>(options);
  const dask_common::DaskMemoryOptions& memory = dask.memory;
  const Bytes most = Bytes::whole(static_cast<double>(memory.limit.count()) * memory.terminate);
  for (const TaskId task : dag.tasks()) {
    const hosts::TaskCost& cost = dag.cost(task);
    const Bytes needed = memory.process + dask_common::dask_task_memory(dag, task);
    if (needed <= most) continue;
    const Duration longest = memory.terminate_interval;
    if (cost.memory <= memory.limit && least_time(platform, dask.workers.machine, cost) <= longest)
      continue;
    return too_large(dag, task, needed,
                     "a worker has " + dask_common::dask_bytes_text(memory.limit) +
                         ", and its nanny kills it beyond " + dask_common::dask_bytes_text(most),
                     "memory.limit_gb");
  }
  return std::nullopt;
}

std::optional<scheduler::LimitExceeded> dask_threads_limits(const platform::PlatformSpec& platform,
                                                            const dag::Dag& dag,
                                                            const scheduler::Options& options) {
  const auto& threads = dynamic_cast<const DaskThreadsOptions&>(options);
  const auto machine = platform.machines.find(threads.machine);
  if (machine == platform.machines.end()) return std::nullopt;  // an error of its own
  const Bytes had = machine->second.memory;
  for (const TaskId task : dag.tasks()) {
    const Bytes needed = threads.process_memory + dask_common::dask_task_memory(dag, task);
    if (needed > had)
      return too_large(dag, task, needed,
                       threads.machine + " has " + dask_common::dask_bytes_text(had), "machine");
  }
  return std::nullopt;
}

}  // namespace wukong::dask
