// Runs a system on a DAG with the program's own presets, and keeps everything that happened.
#pragma once

#include <string>
#include <vector>

#include "bench/experiment/experiment.h"
#include "bench/run/run_result.h"
#include "bench/simulation/run.h"
#include "sim/engine/trace.h"
#include "sim/platform/platform_spec.h"
#include "workloads/dag/dag.h"

namespace wukong::test {

struct PolicyRun {
  run::RunResult result;
  std::vector<engine::TraceRecord> records;
  std::vector<int> executions;  // by task

  size_t count(engine::TraceKind kind) const;
};

// A system on a platform, ready to run any number of DAGs.
struct PolicySetup {
  platform::PlatformSpec platform;
  experiment::SystemSetup system;
};
// `system` as in an experiment file: `wukong`, or `{wukong: {proxy_threshold: 3}}`; `platform`
// likewise.
PolicySetup make_policy(const std::string& system, const std::string& platform = "aws-2020");

// Each system preset of the program as make_policy() takes it; with few workers where the preset
// has many that poll all the time, so that a run is short. Without `ideal`, which runs no task.
std::vector<std::string> every_system();

PolicyRun run_policy(const dag::Dag& dag, const platform::PlatformSpec& platform,
                     const experiment::SystemSetup& system, uint64_t seed = 1);
PolicyRun run_policy(const dag::Dag& dag, const PolicySetup& policy, uint64_t seed = 1);
PolicyRun run_policy(const dag::Dag& dag, const std::string& system,
                     const std::string& platform = "aws-2020", uint64_t seed = 1);

// A platform on which no cold start disturbs.
inline constexpr const char* kWarm = "{preset: aws-2020, functions: {warm_pool: {prewarmed: 200}}}";

uint64_t operations(const PolicyRun& run, accounting::Operation operation);
// It completed, and ran no task twice.
bool each_task_once(const PolicyRun& run);

}  // namespace wukong::test
