// How much of a DAG its leaves reach: the length of the static schedules of Wukong's paper, which a
// depth-first search from every leaf builds.
#pragma once

#include <cstdint>

namespace wukong::dag {

class Dag;

// Pairs (leaf, task) where the task can be reached from the leaf; a leaf reaches itself. In general
// it takes time in the number of leaves times that of tasks: see Dag::reachable_pairs().
uint64_t count_reachable_pairs(const Dag& dag);

}  // namespace wukong::dag
