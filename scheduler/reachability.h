// How much of a DAG each leaf reaches: the length of the paper's static schedules, which a
// depth-first search from every leaf builds.
#pragma once

#include <cstdint>

#include "workloads/dag.h"

namespace wukong::scheduler {

// Pairs (leaf, task) where the task can be reached from the leaf; a leaf reaches itself.
uint64_t reachable_pairs(const workloads::Dag& dag);

}  // namespace wukong::scheduler
