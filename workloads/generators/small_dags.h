// DAGs as the text that a sketch reads (sketch.h), for tests and fuzzing over many of them: a
// failure prints one that can be copied.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wukong::generators {

// Every DAG of so many tasks, each shape once: no two are isomorphic. REQUIRES: at most 6 tasks.
std::vector<std::string> all_dags(size_t tasks);

struct RandomDagOptions {
  size_t least_tasks = 20;
  size_t most_tasks = 60;
  size_t most_predecessors = 4;
};

// The same text for the same seed, everywhere.
std::string random_dag(uint64_t seed, const RandomDagOptions& options = {});

}  // namespace wukong::generators
