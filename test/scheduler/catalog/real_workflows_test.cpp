// Recorded workflows of WfInstances, on every system. Three of them are in test/data; the rest lie
// beside the repository, where somebody has put them. On functions as large as they come.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/experiment/feasibility.h"
#include "bench/parameters/parameter_yaml.h"
#include "scheduler/policy/policy.h"
#include "test/catch.h"
#include "test/support/invariants.h"
#include "test/support/test_data.h"

namespace wukong {
namespace {

const char* const kPlatform =
    "{preset: aws-2024, functions: {memory_mb: 10240, time_limit_s: 900, account_concurrency: "
    "5000}}";

std::vector<std::string> workflow_files() {
  std::vector<std::string> files;
  const std::string folder =
      test::shared_data("wfinstances").value_or(test::test_data("wfinstances"));
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

experiment::Experiment on_workflow(const std::string& file, const std::string& system) {
  const std::string text = std::string("platform: ") + kPlatform +
                           "\nworkload: {wfformat: {path: '" + file + "'}}\nsystems: [" + system +
                           "]";
  return experiment::make_experiment(
      parameters::parse_yaml(text, parameters::Origin{.name = "test"}),
      experiment::program_catalog());
}

// Why no function can run the workflow; empty if one can.
std::string refusal(const experiment::Experiment& experiment, const dag::Dag& dag) {
  try {
    check_feasible(experiment, experiment.systems.at(0), dag);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

// The invariants hold, and Wukong's executors repeat nothing.
void run_everywhere(const std::string& file) {
  std::string warned;
  for (const std::string& system : test::every_system()) {
    INFO(system << " on " << file);
    const experiment::Experiment experiment = on_workflow(file, system);
    const dag::Dag dag = experiment.workload.make_dag(experiment.systems.at(0).policy->form);
    const std::string refused = refusal(experiment, dag);
    if (!refused.empty()) {
      if (refused != warned) WARN("not run on functions: " << refused);
      warned = refused;
      continue;
    }
    const test::PolicyRun run =
        test::run_policy(dag, experiment.platform, experiment.systems.at(0));
    if (run.result.failure.find("ran out of memory") != std::string::npos) {
      WARN(system << " does not run " << file << ": " << run.result.failure);
      continue;
    }
    CHECK(violations(dag, experiment.platform, run) == std::vector<std::string>{});
    if (system == "wukong")
      CHECK(std::count(run.executions.begin(), run.executions.end(), 1) ==
            static_cast<int64_t>(dag.task_count()));
  }
}

TEST_CASE("every system runs the recorded workflows that functions can run") {
  if (!test::shared_data("wfinstances")) WARN("only the workflows in test/data are here");
  for (const std::string& file : workflow_files()) run_everywhere(file);
}

}  // namespace
}  // namespace wukong
