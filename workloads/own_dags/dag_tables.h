// A DAG as two tables in CSV: tasks, with a column for each attribute that they have, and edges:
//   name,ms,out        from,to,bytes,object
//   a,10,1MB           a,b,,
//   b,20,
// An edge without bytes is what `after` is: it reads the result of its task, if that has one. With
// bytes it is an object of its own. Rows that name an object tell of the same one; without `from`
// it is there before the run, and without `to` nobody reads it there.
#pragma once

#include <string>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"
#include "workloads/own_dags/description.h"

namespace wukong::own_dags {

struct TablesParameters {
  InputFile tasks;  // no default
  std::optional<InputFile> edges;

  void visit(FieldVisitor& v);
};

// Every system runs the same DAG. REQUIRES: the files have been read.
dag::Dag make_dag_of_tables(const TablesParameters& parameters,
                            dag::DagForm form = dag::DagForm::dask);
Description read_tables(const TablesParameters& parameters);

struct Tables {
  std::string tasks;
  std::string edges;
};
Tables to_tables(const Description& description);

}  // namespace wukong::own_dags
