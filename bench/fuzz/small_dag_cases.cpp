#include "bench/fuzz/small_dag_cases.h"

#include <fmt/format.h>

#include "bench/fuzz/fuzz_case.h"
#include "bench/parameters/preset_library.h"
#include "sim/base/check.h"
#include "workloads/generators/small_dags.h"

namespace wukong::fuzz {
namespace {

// Few retries, and soon; a time limit that a hanging function reaches; tasks and objects of which
// some are large and late enough for clustering and delayed I/O.
constexpr const char* kCase =
    "{{platform: {{preset: aws-2020, functions: {{time_limit_s: 60, async_events: {{retry_waits_s: "
    "[0.1, 0.2]}}}}}}, workload: {{sketch: {{edges: \"{}\", bytes: [250000000, 1000, 300000, "
    "400000000, 1000], seconds: [0.1, 3, 0.1, 1, 0.1]}}}}, systems: [{}], horizon_s: 3600, seed: "
    "{}}}";

// Of each kind in one run; a system that polls makes requests without end.
constexpr uint64_t kMostPoints = 400;

}  // namespace

std::vector<std::string> small_dag_systems() {
  std::vector<std::string> systems;
  for (const std::string& preset :
       parameters::PresetLibrary(parameters::embedded_presets()).names("system")) {
    if (preset == "ideal") continue;                     // a bound, not a run
    const bool polls = preset.starts_with("numpywren");  // all workers, all the time
    systems.push_back(polls ? "{" + preset + ": {workers: 2}}" : preset);
  }
  for (const char* options :
       {"proxy_threshold: 2", "proxy_threshold: 2, inline_argument_limit_bytes: 0",
        "clustering_fan_out: false", "clustering_fan_in: false", "delayed_io: false",
        "delayed_io_tries: 2, delayed_io_step_s: 1", "become_first_only: true",
        "invoker_function_threshold: 0", "store: s3", "inline_arguments: false"})
    for (const char* counters :
         {"bit_counters: false", "bit_counters: true", "bit_counters: true, claim_tasks: true"})
      systems.push_back(fmt::format("{{wukong: {{{}, {}}}}}", counters, options));
  systems.emplace_back("{wukong: {bit_counters: true}}");
  systems.emplace_back("{wukong: {bit_counters: true, claim_tasks: true}}");
  return systems;
}

SmallDagCases::SmallDagCases(size_t most_tasks) : systems_(small_dag_systems()) {
  ENSURE(most_tasks >= 1 && most_tasks <= 5, most_tasks);
  for (size_t tasks = 1; tasks <= most_tasks; ++tasks)
    for (const std::string& dag : generators::all_dags(tasks)) dags_.push_back(dag);
}

FuzzReport SmallDagCases::run(uint64_t index) const {
  ENSURE(index < count(), index);
  const std::string text =
      fmt::format(kCase, dags_[index / systems_.size()], systems_[index % systems_.size()], index);
  PreparedCase prepared = prepare_case(text);
  ENSURE(prepared.dag.has_value());
  FuzzReport total;
  total.index = index;
  const auto run_one = [&](const std::vector<faults::FaultPoint>& points) {
    faults::FaultSpec faults;
    faults.points = points;
    const run::RunResult result = run_case(prepared, faults);
    const FuzzReport report = report_result(index, result);
    total.add(report);
    total.violations = report.violations;
    if (report.violations.empty()) return result.fault_opportunities;
    const std::string with_faults =
        points.empty() ? "" : fmt::format(", faults: {{points: \"{}\"}}", describe(points));
    total.text = text.substr(0, text.size() - 1) + with_faults + "}";
    total.points = report.points;
    return result.fault_opportunities;
  };
  run_one({});
  // A point that is never reached, so that the opportunities are counted.
  const faults::FaultCounts opportunities =
      run_one({faults::FaultPoint{faults::FaultKind::crash_before, ~uint64_t{0}}});
  for (size_t kind = 0; kind < faults::kFaultKinds && total.violations.empty(); ++kind)
    for (uint64_t number = 1; number <= std::min(opportunities[kind], kMostPoints); ++number) {
      run_one({faults::FaultPoint{static_cast<faults::FaultKind>(kind), number}});
      if (!total.violations.empty()) break;
    }
  return total;
}

}  // namespace wukong::fuzz
