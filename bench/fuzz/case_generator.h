// Makes the fuzzer's cases: a random DAG, generator or file, a random platform, random options out
// of all that are read, and a random subset of faults (swarm testing: what is always there hides
// what needs its absence).
#pragma once

#include "bench/fuzz/fuzz_case.h"
#include "workloads/dag/dag.h"

namespace wukong::fuzz {

// The case depends on the arguments alone. `workflows`: WfFormat files that may be run, too.
FuzzCase random_case(const OptionCatalog& options, uint64_t seed, uint64_t index,
                     const std::vector<std::string>& workflows = {});

}  // namespace wukong::fuzz
