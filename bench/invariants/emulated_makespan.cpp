#include "bench/invariants/emulated_makespan.h"

#include "workloads/dag/statistics.h"

namespace wukong::invariants {

std::vector<std::string> check_emulated_makespan(const dag::Dag& dag,
                                                 std::span<const Duration> times,
                                                 const run::RunResult& result) {
  if (!result.completed) return {};
  const Duration path = dag::work_of(dag, times).span;
  // Wall times become the run's by a multiplication in doubles, each off by less than this.
  const Duration rounding = Duration::nanoseconds(static_cast<int64_t>(dag.task_count()));
  if (result.makespan + rounding >= path) return {};
  return {"the makespan, " + std::to_string(result.makespan.to_seconds()) +
          " s, is below the slowest path of the tasks' measured times, " +
          std::to_string(path.to_seconds()) + " s"};
}

}  // namespace wukong::invariants
