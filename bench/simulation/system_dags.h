// The DAGs of an experiment's systems, and which of the systems cannot run theirs. A system that
// cannot is refused by itself: it has no part in the comparison, and the others are compared.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "bench/run/job.h"
#include "bench/run/run_result.h"
#include "bench/simulation/made_workload.h"
#include "sim/base/error.h"

namespace wukong::experiment {
struct Experiment;
}  // namespace wukong::experiment

namespace wukong::simulation {

class SystemDags {
 public:
  // Throws Error, that of the first system, if every system is refused: then there is nothing to
  // run. The experiment outlives it.
  explicit SystemDags(const experiment::Experiment& experiment);

  // The workload in the form that the system wants. REQUIRES: the system is not refused.
  const MadeWorkload& workload(size_t system) const;
  // The system on the workload's DAG; without one if there is none.
  run::Job job(size_t system) const;
  // Why it cannot run; nothing if it can, as far as is known before the run.
  const std::optional<Error>& refusal(size_t system) const { return refusals_.at(system); }
  // The result of a run that was not begun, for that reason.
  run::RunResult refused_run(size_t system, uint64_t seed, const Error& reason) const;

 private:
  struct Made {
    std::optional<MadeWorkload> workload;
    std::optional<Error> refusal;
  };
  const Made& make(dag::DagForm form);

  const experiment::Experiment& experiment_;
  std::array<std::optional<Made>, 2> made_;     // by form
  std::vector<std::optional<Error>> refusals_;  // by system
};

// Throws the first if nothing but refusals is there.
void throw_if_all(std::span<const std::optional<Error>> refusals);

}  // namespace wukong::simulation
