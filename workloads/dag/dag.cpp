#include "workloads/dag/dag.h"

#include <algorithm>

namespace wukong::dag {
namespace {

template <class T>
size_t held(const std::vector<T>& values) {
  return values.capacity() * sizeof(T);
}

}  // namespace

std::string Dag::name(TaskId task) const {
  if (!task_names_.first.empty()) return std::string(task_names_.at(task.index()));
  return kind(task) + "-" + std::to_string(task.value());
}

std::string Dag::name(ObjectId object) const {
  if (!object_names_.first.empty()) return std::string(object_names_.at(object.index()));
  return "object-" + std::to_string(object.value());
}

std::vector<ObjectId> Dag::distinct_inputs(TaskId task) const {
  const auto all = inputs(task);
  std::vector<ObjectId> distinct(all.begin(), all.end());
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  return distinct;
}

Bytes Dag::output_bytes(TaskId task) const {
  Bytes total;
  for (const ObjectId object : outputs(task)) total += size(object).actual;
  return total;
}

Bytes Dag::memory() const {
  const size_t tables = held(kind_names_) + held(kinds_) + held(sizes_) +
                        task_names_.text.capacity() + held(task_names_.first) +
                        object_names_.text.capacity() + held(object_names_.first);
  const size_t tasks = held(kind_of_task_) + held(first_predecessor_) + held(first_successor_) +
                       held(first_input_) + held(first_output_) + held(end_output_) +
                       held(leaves_) + held(sinks_);
  const size_t objects = held(size_of_object_) + held(producer_) + held(first_consumer_);
  const size_t edges = held(predecessors_) + held(successors_) + held(inputs_) + held(consumers_);
  return Bytes(static_cast<int64_t>(tables + tasks + objects + edges));
}

}  // namespace wukong::dag
