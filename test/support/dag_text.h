// Dags in one line of text, for tests: dag_from_text("a -> c; b -> c; c -> d"). A statement is a
// chain of names or one name alone. Tasks are numbered in the order of their first mention as far
// as their edges allow, and each writes one object, which its successors read in the order of the
// statements.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/check.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/topological_order.h"

namespace wukong::test {

struct DagTextOptions {
  Bytes object_size = Bytes(1000);
  Duration duration = Duration::milliseconds(100);
  // A leaf reads an initial object of this size; absent: leaves read nothing.
  std::optional<Bytes> input_size = {};
  // Edges alone order the tasks; nobody reads or writes an object.
  bool without_objects = false;
  // Exceptions, by the task's name.
  std::map<std::string, Bytes> object_sizes = {};
  std::map<std::string, Duration> durations = {};
  std::map<std::string, int> threads = {};  // that a task can use; 1 otherwise
  // The durations are recorded run times, on that many threads; otherwise tasks sleep.
  bool recorded = false;
};

namespace internal {

struct DagText {
  std::vector<std::string> names;
  std::vector<std::vector<size_t>> predecessors;

  size_t index_of(const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<size_t>(found - names.begin());
    names.push_back(name);
    predecessors.emplace_back();
    return names.size() - 1;
  }
};

inline std::string trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \n\t");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \n\t") + 1 - begin));
}

// What stands before the next `separator`, which is removed with it from `text`.
inline std::string take_until(std::string_view& text, std::string_view separator) {
  const size_t end = text.find(separator);
  const std::string part = trimmed(text.substr(0, end));
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + separator.size());
  return part;
}

inline DagText parse_dag_text(std::string_view text) {
  DagText parsed;
  while (!text.empty()) {
    const std::string statement = take_until(text, ";");
    std::string_view chain = statement;
    std::optional<size_t> before;
    while (!chain.empty()) {
      const std::string name = take_until(chain, "->");
      ENSURE(!name.empty() && "a task needs a name", statement);
      const size_t task = parsed.index_of(name);
      if (before) parsed.predecessors[task].push_back(*before);
      before = task;
    }
  }
  return parsed;
}

}  // namespace internal

inline dag::Dag dag_from_text(std::string_view text, const DagTextOptions& options = {}) {
  const internal::DagText parsed = internal::parse_dag_text(text);
  const dag::TopologicalOrder sorted = dag::topological_order(parsed.predecessors);
  ENSURE(sorted.cycle.empty() && "a Dag has no cycle", std::string(text));
  dag::DagBuilder builder;
  std::vector<TaskId> tasks(parsed.names.size());
  std::vector<ObjectId> outputs(parsed.names.size());
  for (const size_t index : sorted.order) {
    const std::string& name = parsed.names[index];
    hosts::TaskCost cost;
    const auto duration = options.durations.find(name);
    const Duration time = duration == options.durations.end() ? options.duration : duration->second;
    (options.recorded ? cost.recorded : cost.sleep) = time;
    const auto threads = options.threads.find(name);
    if (threads != options.threads.end()) cost.threads = threads->second;
    const auto exception = options.object_sizes.find(name);
    const Bytes size =
        exception == options.object_sizes.end() ? options.object_size : exception->second;
    const TaskId task(builder.task_count());
    tasks[index] = task;
    if (options.without_objects) {
      builder.add_task(builder.add_kind(name, cost), {}, {});
      for (const size_t before : parsed.predecessors[index]) builder.add_edge(tasks[before], task);
      builder.set_name(task, name);
      continue;
    }
    std::vector<ObjectId> inputs;
    for (const size_t before : parsed.predecessors[index]) inputs.push_back(outputs[before]);
    if (inputs.empty() && options.input_size)
      inputs.push_back(builder.add_input({*options.input_size, *options.input_size}));
    outputs[index] = builder.compute(builder.add_kind(name, cost), inputs, {size, size});
    builder.set_name(task, name);
  }
  return builder.build();
}

// The task of that name.
inline TaskId task_named(const dag::Dag& dag, const std::string& name) {
  for (const TaskId task : dag.tasks())
    if (dag.name(task) == name) return task;
  ENSURE(false && "no task has this name", name);
  return TaskId::none();
}

}  // namespace wukong::test
