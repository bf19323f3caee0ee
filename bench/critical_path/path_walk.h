// From the end of a run back to its start.
#pragma once

#include <vector>

#include "bench/critical_path/wake_graph.h"

namespace wukong::critical_path {

// Some time of the path, and what was waited in; nothing if that is not known.
struct Step {
  Time begin;
  Time end;
  std::optional<Wait> wait;
};

// The steps that end with the node, from time zero to its time, without a gap.
//
// At each node the path goes on with whoever has caused it: the process itself, for a wait that
// ended by itself; who has woken it; or, if it found something that it had been looking for since
// before that was left, who has left it. A process that did anything but look and wait meanwhile
// would not have gone on earlier, so the path stays with it.
std::vector<Step> walk_back(const WakeGraph& graph, const NodeRef& last);

}  // namespace wukong::critical_path
