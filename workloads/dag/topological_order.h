// An order in which everything comes after its predecessors, for importers: a Dag's tasks are
// numbered so, files list them as they like.
#pragma once

#include <cstddef>
#include <vector>

namespace wukong::dag {

struct TopologicalOrder {
  // What comes first in the input comes first here, as far as its predecessors allow. Complete only
  // if there is no cycle.
  std::vector<size_t> order;
  // One cycle from its first item on, each before the next and the last before the first; empty if
  // there is none.
  std::vector<size_t> cycle;
};

// predecessors[i] are those of item i. One may be named twice, and an item may name itself, which
// is a cycle of one.
TopologicalOrder topological_order(const std::vector<std::vector<size_t>>& predecessors);

}  // namespace wukong::dag
