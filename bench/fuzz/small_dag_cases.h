// Every DAG of up to so many tasks, each shape once, on every system with each optimisation on and
// off: without a fault, and with each single fault at each point at which it can strike.
#pragma once

#include <string>
#include <vector>

#include "bench/fuzz/isolated_worker.h"

namespace wukong::fuzz {

// The systems, as an experiment names them: every preset that runs tasks, and Wukong with each
// switch turned over.
std::vector<std::string> small_dag_systems();

class SmallDagCases {
 public:
  // REQUIRES: tasks is from 1 to 5.
  explicit SmallDagCases(size_t most_tasks);

  // A piece of work: one DAG on one system.
  size_t count() const { return dags_.size() * systems_.size(); }
  // Runs it without a fault, then with each. Stops at the first broken invariant.
  FuzzReport run(uint64_t index) const;

 private:
  std::vector<std::string> systems_;
  std::vector<std::string> dags_;
};

}  // namespace wukong::fuzz
