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

// `system` as in an experiment file: `wukong`, or `{wukong: {proxy_threshold: 3}}`. `platform` likewise.
PolicyRun run_policy(const workloads::Dag& dag, const std::string& system,
                     const std::string& platform = "aws-2020", uint64_t seed = 1);

}  // namespace wukong::test
