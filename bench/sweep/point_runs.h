// The runs of one point of a sweep: its experiment, checked, and its DAGs, made when they are first
// needed. Several threads may use one object at the same time.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "bench/experiment/experiment.h"
#include "bench/results/run_record.h"
#include "bench/simulation/made_workload.h"
#include "bench/sweep/sweep_plan.h"

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::sweep {

class PointRuns {
 public:
  // `plan` and `catalog` must outlive it. A point whose parameters are refused has runs too: all
  // of them failed, for that reason.
  PointRuns(const SweepPlan& plan, const experiment::Catalog& catalog, size_t point);

  std::string key(const results::Cell& cell) const;
  // A failure of the simulation, whatever it is, is in the record.
  results::RunRecord run(const results::Cell& cell);

 private:
  // The workload, or the reason why there is none.
  struct Made {
    std::optional<simulation::MadeWorkload> workload;
    std::string refusal;
  };
  const Made& workload_in(dag::DagForm form);
  void describe_parameters();
  results::RunRecord start_record(const results::Cell& cell) const;
  void record_result(const run::RunResult& result, results::RunRecord& record) const;

  const SweepPlan& plan_;
  size_t point_;
  std::string refusal_;  // of the parameters; empty: none
  std::optional<experiment::Experiment> experiment_;
  std::shared_ptr<const results::ParameterSection> platform_, workload_;
  std::vector<std::shared_ptr<const results::ParameterSection>> systems_;
  std::mutex mutex_;
  std::array<std::optional<Made>, 2> made_;  // by form
};

}  // namespace wukong::sweep
