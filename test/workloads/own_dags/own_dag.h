// Dags of one's own, for tests: from their texts, and as a text that tells everything of one.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/parameter_yaml.h"
#include "workloads/dag/dag.h"
#include "workloads/own_dags/dag_parameters.h"
#include "workloads/own_dags/dag_tables.h"
#include "workloads/own_dags/dot.h"

namespace wukong::test {

inline own_dags::DagParameters dag_parameters(const std::string& yaml) {
  const parameters::ParameterTree tree =
      parameters::parse_yaml(yaml, {parameters::Origin::Kind::file, "dag.yaml", 0});
  own_dags::DagParameters parameters;
  parameters::ParameterReader reader(tree, {"workload", "dag"},
                                     parameters::MissingKey::keeps_default);
  reader.read(parameters);
  return parameters;
}

inline dag::Dag dag_of_yaml(const std::string& yaml) {
  return own_dags::make_dag(dag_parameters(yaml));
}

inline dag::Dag dag_of_dot(const std::string& text) {
  return own_dags::make_dag_of_dot({.path = {"graph.dot", text}});
}

inline dag::Dag dag_of_csv(const std::string& tasks, const std::string& edges) {
  return own_dags::make_dag_of_tables(
      {.tasks = {"tasks.csv", tasks}, .edges = InputFile{"edges.csv", edges}});
}

// Names, kinds, costs, sizes, what is read in which order, and what only comes before; in the order
// of the tasks. What a task writes is in the order of its names, which no format keeps.
inline std::string everything_of(const dag::Dag& dag) {
  std::string text;
  for (const TaskId task : dag.tasks()) {
    const hosts::TaskCost& cost = dag.cost(task);
    text += dag.name(task) + " " + dag.kind(task) + " " + std::to_string(cost.recorded.count_ns()) +
            "+" + std::to_string(cost.sleep.count_ns()) + " ns " + std::to_string(cost.flops) +
            " flops of " + std::to_string(static_cast<int>(cost.kernel)) + " " +
            std::to_string(cost.touched.count()) + " B " + std::to_string(cost.threads) +
            " threads " + std::to_string(cost.memory.count()) + " B reads";
    for (const ObjectId object : dag.inputs(task)) text += " " + dag.name(object);
    text += " after";
    std::vector<std::string> before;
    for (const TaskId other : dag.predecessors(task)) before.push_back(dag.name(other));
    std::sort(before.begin(), before.end());
    for (const std::string& name : before) text += " " + name;
    text += " writes";
    std::vector<std::string> written;
    for (const ObjectId object : dag.outputs(task))
      written.push_back(dag.name(object) + "=" + std::to_string(dag.size(object).actual.count()));
    std::sort(written.begin(), written.end());
    for (const std::string& name : written) text += " " + name;
    text += "\n";
  }
  std::vector<std::string> given;
  for (const ObjectId object : dag.objects())
    if (!dag.producer(object).valid())
      given.push_back(dag.name(object) + "=" + std::to_string(dag.size(object).actual.count()));
  std::sort(given.begin(), given.end());
  for (const std::string& name : given) text += name + "\n";
  return text;
}

}  // namespace wukong::test
