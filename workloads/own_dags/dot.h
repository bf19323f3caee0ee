// A DAG in Graphviz's DOT language, in and out: a task is a node, with what describes it as its
// attributes. An edge says what it carries by `bytes` and `object`, as a row of edges in CSV does
// (dag_tables.h). A node with the attribute `object` is an object that no task writes, or that no
// task reads. Whatever else a drawing has is ignored.
#pragma once

#include <string>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"
#include "workloads/own_dags/description.h"

namespace wukong::own_dags {

struct DotParameters {
  InputFile path;  // no default

  void visit(FieldVisitor& v);
};

// Every system runs the same DAG. REQUIRES: the file has been read.
dag::Dag make_dag_of_dot(const DotParameters& parameters, dag::DagForm form = dag::DagForm::dask);
Description read_dot(const std::string& file, const std::string& text);

std::string to_dot(const Description& description, const std::string& graph_name);

}  // namespace wukong::own_dags
