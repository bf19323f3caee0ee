#include "bench/system_dags.h"

#include <algorithm>

#include "bench/feasibility.h"

namespace wukong::bench {

SystemDags::SystemDags(const Experiment& experiment) : experiment_(experiment) {
  for (const SystemSetup& system : experiment.systems) {
    const MadeDag& made = make(system.policy->form);
    std::optional<Error>& refusal = refusals_.emplace_back(made.refusal);
    if (refusal) continue;
    try {
      check_feasible(experiment, system, *made.dag);
    } catch (const Error& error) {
      refusal = error;
    }
  }
  throw_if_all(refusals_);
}

const SystemDags::MadeDag& SystemDags::make(workloads::DagForm form) {
  std::optional<MadeDag>& made = dags_.at(static_cast<size_t>(form));
  if (made) return *made;
  made.emplace();
  try {
    made->dag = experiment_.workload.make_dag(form);
  } catch (const Error& error) {
    made->refusal = error;
  }
  return *made;
}

Job SystemDags::job(size_t system) const {
  const SystemSetup& setup = experiment_.systems.at(system);
  const MadeDag& made = *dags_.at(static_cast<size_t>(setup.policy->form));
  return {.system = setup.label,
          .policy = setup.policy,
          .options = setup.options.get(),
          .workload = experiment_.workload.name(),
          .dag = made.dag ? &*made.dag : nullptr};
}

RunResult SystemDags::refused_run(size_t system, uint64_t seed, const Error& reason) const {
  return refused_result(job(system), seed, placed(experiment_, reason).what());
}

void throw_if_all(std::span<const std::optional<Error>> refusals) {
  const auto refused = [](const std::optional<Error>& refusal) { return refusal.has_value(); };
  if (!refusals.empty() && std::all_of(refusals.begin(), refusals.end(), refused))
    throw *refusals.front();
}

}  // namespace wukong::bench
