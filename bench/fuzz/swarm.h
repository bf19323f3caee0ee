// Many pieces of fuzzing work on all cores, each core a child process. What is found does not
// depend on the number of cores: the failure that counts is the one with the lowest number, and
// everything below it has been run.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "bench/fuzz/isolated_worker.h"
#include "bench/fuzz/option_coverage.h"

namespace wukong::fuzz {

struct SwarmOptions {
  uint64_t first = 0;
  uint64_t end = 0;               // not included
  std::optional<double> seconds;  // of wall time; absent: until the end
  unsigned workers = 0;           // 0: one for each core
  double patience_s = 60;         // wall time for one piece of work
  std::set<std::string> options;  // whose coverage is counted
};

struct SwarmResult {
  FuzzReport total;  // counts
  OptionCoverage coverage;
  std::optional<FuzzReport> failure;
};

// `progress` is called now and then with the seconds that have passed.
using SwarmProgress = std::function<void(const SwarmResult& so_far, double seconds)>;
SwarmResult run_swarm(const FuzzWork& work, const SwarmOptions& options,
                      const SwarmProgress& progress);

// One piece of work, in a process of its own.
FuzzReport run_apart(const FuzzWork& work, double patience_s);

}  // namespace wukong::fuzz
