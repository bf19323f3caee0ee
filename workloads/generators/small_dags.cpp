#include "workloads/generators/small_dags.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "sim/base/check.h"
#include "sim/base/random.h"

namespace wukong::generators {
namespace {

// Tasks are numbered in an order in which they can run; a bit for each pair (before, after), by
// columns: (0,1), (0,2), (1,2), (0,3), ...
using Edges = uint32_t;

bool has_edge(Edges edges, size_t before, size_t after) {
  return (edges >> (after * (after - 1) / 2 + before) & 1) != 0;
}

Edges edge(size_t before, size_t after) { return Edges{1} << (after * (after - 1) / 2 + before); }

// A shape is shown by the least of its numberings that are in topological order.
bool is_canonical(Edges edges, size_t tasks) {
  std::vector<size_t> number(tasks);
  std::iota(number.begin(), number.end(), size_t{0});
  do {
    Edges renumbered = 0;
    bool in_order = true;
    for (size_t after = 1; after < tasks && in_order; ++after)
      for (size_t before = 0; before < after && in_order; ++before) {
        if (!has_edge(edges, before, after)) continue;
        in_order = number[before] < number[after];
        if (in_order) renumbered |= edge(number[before], number[after]);
      }
    if (in_order && renumbered < edges) return false;
  } while (std::next_permutation(number.begin(), number.end()));
  return true;
}

std::string text_of(const std::vector<std::string>& names,
                    const std::vector<std::pair<size_t, size_t>>& edges) {
  std::string text;
  std::vector<bool> mentioned(names.size());
  for (const auto& [before, after] : edges) {
    mentioned[before] = mentioned[after] = true;
    text += names[before] + " -> " + names[after] + "; ";
  }
  for (size_t task = 0; task < names.size(); ++task)
    if (!mentioned[task]) text += names[task] + "; ";
  return text;
}

}  // namespace

std::vector<std::string> all_dags(size_t tasks) {
  ENSURE(tasks > 0 && tasks <= 6);
  std::vector<std::string> names;
  for (size_t task = 0; task < tasks; ++task) names.emplace_back(1, static_cast<char>('a' + task));
  std::vector<std::string> texts;
  const Edges end = Edges{1} << (tasks * (tasks - 1) / 2);
  for (Edges edges = 0; edges < end; ++edges) {
    if (!is_canonical(edges, tasks)) continue;
    std::vector<std::pair<size_t, size_t>> pairs;
    for (size_t before = 0; before < tasks; ++before)
      for (size_t after = before + 1; after < tasks; ++after)
        if (has_edge(edges, before, after)) pairs.emplace_back(before, after);
    texts.push_back(text_of(names, pairs));
  }
  return texts;
}

std::string random_dag(uint64_t seed, const RandomDagOptions& options) {
  RandomStream random(seed, "random dag");
  const size_t tasks =
      options.least_tasks + random.below(options.most_tasks - options.least_tasks + 1);
  std::vector<std::string> names;
  for (size_t task = 0; task < tasks; ++task) names.push_back("t" + std::to_string(task));
  // Near predecessors make long DAGs, far ones wide fan-outs: a reach for each DAG.
  const size_t reach = 2 + random.below(tasks);
  std::vector<std::pair<size_t, size_t>> edges;
  for (size_t task = 1; task < tasks; ++task) {
    const size_t count = random.below(options.most_predecessors + 1);
    for (size_t i = 0; i < count; ++i) {
      const std::pair<size_t, size_t> pair{task - 1 - random.below(std::min(reach, task)), task};
      if (std::find(edges.begin(), edges.end(), pair) == edges.end()) edges.push_back(pair);
    }
  }
  return text_of(names, edges);
}

}  // namespace wukong::generators
