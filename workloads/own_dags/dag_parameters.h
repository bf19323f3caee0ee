// A DAG that an experiment writes out itself, or that a YAML file of its own holds:
//   tasks: {a: {ms: 10, out: 1MB}, b: {after: [a], ms: 20}}
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"
#include "workloads/own_dags/task_fields.h"

namespace wukong::own_dags {

struct DagParameters {
  // In the order of the file.
  std::vector<std::pair<std::string, TaskFields>> tasks;
  std::vector<std::pair<std::string, ObjectFields>> objects;

  void visit(FieldVisitor& v);
};

// Every system runs the same DAG. Throws Error, keyed by the parameter.
dag::Dag make_dag(const DagParameters& parameters, dag::DagForm form = dag::DagForm::dask);

// As the YAML file of such a DAG.
std::string to_yaml(const Description& description);

}  // namespace wukong::own_dags
