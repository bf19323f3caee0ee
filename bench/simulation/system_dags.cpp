#include "bench/simulation/system_dags.h"

#include <algorithm>

#include "bench/experiment/experiment.h"
#include "scheduler/policy/policy.h"

namespace wukong::simulation {

SystemDags::SystemDags(const experiment::Experiment& experiment) : experiment_(experiment) {
  for (const experiment::SystemSetup& system : experiment.systems) {
    const Made& made = make(system.policy->form);
    std::optional<Error>& refusal = refusals_.emplace_back(made.refusal);
    if (refusal) continue;
    try {
      made.workload->check_feasible(system);
    } catch (const Error& error) {
      refusal = error;
    }
  }
  throw_if_all(refusals_);
}

const SystemDags::Made& SystemDags::make(dag::DagForm form) {
  std::optional<Made>& made = made_.at(static_cast<size_t>(form));
  if (made) return *made;
  made.emplace();
  try {
    made->workload.emplace(experiment_, form);
  } catch (const Error& error) {
    made->refusal = error;
  }
  return *made;
}

const MadeWorkload& SystemDags::workload(size_t system) const {
  return *made_.at(static_cast<size_t>(experiment_.systems.at(system).policy->form))->workload;
}

run::Job SystemDags::job(size_t system) const {
  const experiment::SystemSetup& setup = experiment_.systems.at(system);
  const Made& made = *made_.at(static_cast<size_t>(setup.policy->form));
  return {.system = setup.label,
          .policy = setup.policy,
          .options = setup.options.get(),
          .workload = experiment_.workload.name(),
          .dag = made.workload ? made.workload->dag() : nullptr};
}

run::RunResult SystemDags::refused_run(size_t system, uint64_t seed, const Error& reason) const {
  return run::refused_result(
      job(system), seed,
      experiment::placed(experiment_, experiment_.systems.at(system), reason).what());
}

void throw_if_all(std::span<const std::optional<Error>> refusals) {
  const auto refused = [](const std::optional<Error>& refusal) { return refusal.has_value(); };
  if (!refusals.empty() && std::all_of(refusals.begin(), refusals.end(), refused))
    throw *refusals.front();
}

}  // namespace wukong::simulation
