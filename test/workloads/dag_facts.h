// What tests of generators ask of a Dag besides its shape.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "workloads/dag/dag.h"

namespace wukong::test {

inline std::map<std::string, size_t> tasks_by_kind(const dag::Dag& dag) {
  std::map<std::string, size_t> counts;
  for (const TaskId task : dag.tasks()) ++counts[dag.kind(task)];
  return counts;
}

inline std::vector<TaskId> tasks_of_kind(const dag::Dag& dag, const std::string& kind) {
  std::vector<TaskId> tasks;
  for (const TaskId task : dag.tasks())
    if (dag.kind(task) == kind) tasks.push_back(task);
  return tasks;
}

// The actual bytes of each input, in order.
inline std::vector<int64_t> input_sizes(const dag::Dag& dag, TaskId task) {
  std::vector<int64_t> sizes;
  for (const ObjectId object : dag.inputs(task)) sizes.push_back(dag.size(object).actual.count());
  return sizes;
}

inline std::vector<int64_t> output_sizes(const dag::Dag& dag, TaskId task) {
  std::vector<int64_t> sizes;
  for (const ObjectId object : dag.outputs(task)) sizes.push_back(dag.size(object).actual.count());
  return sizes;
}

}  // namespace wukong::test
