#include "workloads/dag/topological_order.h"

#include <algorithm>
#include <functional>
#include <queue>

#include "sim/base/check.h"

namespace wukong::dag {
namespace {

using Lists = std::vector<std::vector<size_t>>;

Lists reversed(const Lists& predecessors) {
  Lists successors(predecessors.size());
  for (size_t item = 0; item < predecessors.size(); ++item)
    for (const size_t before : predecessors[item]) {
      ENSURE(before < predecessors.size(), before, item);
      successors[before].push_back(item);
    }
  return successors;
}

// Each item that waits has a predecessor that waits, so walking back must come round.
std::vector<size_t> find_cycle(const Lists& predecessors, const std::vector<size_t>& waiting) {
  const auto waits = [&](size_t item) { return waiting[item] > 0; };
  size_t item = 0;
  while (!waits(item)) ++item;
  std::vector<size_t> path;
  std::vector<bool> seen(predecessors.size());
  while (!seen[item]) {
    seen[item] = true;
    path.push_back(item);
    const auto& before = predecessors[item];
    const auto next = std::find_if(before.begin(), before.end(), waits);
    ENSURE(next != before.end(), item);
    item = *next;
  }
  path.erase(path.begin(), std::find(path.begin(), path.end(), item));
  std::reverse(path.begin(), path.end());
  std::rotate(path.begin(), std::min_element(path.begin(), path.end()), path.end());
  return path;
}

}  // namespace

TopologicalOrder topological_order(const Lists& predecessors) {
  const Lists successors = reversed(predecessors);
  std::vector<size_t> waiting(predecessors.size());
  std::priority_queue<size_t, std::vector<size_t>, std::greater<>> ready;
  for (size_t item = 0; item < predecessors.size(); ++item) {
    waiting[item] = predecessors[item].size();
    if (waiting[item] == 0) ready.push(item);
  }
  TopologicalOrder result;
  result.order.reserve(predecessors.size());
  while (!ready.empty()) {
    const size_t item = ready.top();
    ready.pop();
    result.order.push_back(item);
    for (const size_t after : successors[item])
      if (--waiting[after] == 0) ready.push(after);
  }
  if (result.order.size() < predecessors.size()) result.cycle = find_cycle(predecessors, waiting);
  return result;
}

}  // namespace wukong::dag
