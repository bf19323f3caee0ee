// Runs a system on a DAG with the program's own presets, and keeps everything that happened.
#pragma once

#include <string>
#include <vector>

#include "bench/run.h"
#include "sim/engine/trace.h"
#include "workloads/dag.h"

namespace wukong::test {

struct PolicyRun {
  bench::RunResult result;
  std::vector<sim::TraceRecord> records;
  std::vector<int> executions;  // by task

  size_t count(sim::TraceKind kind) const;
};

// A system on a platform, ready to run any number of DAGs. `system` as in an experiment file:
// `wukong`, or `{wukong: {proxy_threshold: 3}}`; `platform` likewise.
bench::Experiment make_policy(const std::string& system, const std::string& platform = "aws-2020");

PolicyRun run_policy(const workloads::Dag& dag, const bench::Experiment& policy, uint64_t seed = 1);
PolicyRun run_policy(const workloads::Dag& dag, const std::string& system,
                     const std::string& platform = "aws-2020", uint64_t seed = 1);

}  // namespace wukong::test
