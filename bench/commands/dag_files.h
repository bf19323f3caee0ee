// Files that hold a DAG, told apart by the ends of their names: .json is WfFormat, .dot and .gv are
// Graphviz's, .yaml is the program's own form, .csv is a table of tasks, with the table of edges in
// a file beside it: NAME.tasks.csv and NAME.edges.csv.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "bench/parameters/parameter_tree.h"
#include "sim/base/time.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::commands {

constexpr const char* kDagFilesExpected =
    "a file name that ends in .json, .dot, .gv, .yaml or .csv";

// What stands below `workload` in an experiment for the DAG of a file. Nothing: `file` is an
// experiment, or has no such end.
std::optional<parameters::ParameterTree> workload_of_file(const std::string& file);

bool names_dag_file(const std::string& file);

struct DagFile {
  std::string path;
  std::string name;  // of the DAG, where the form has one
  // Of each task, in place of its cost; empty: its cost says all.
  std::span<const Duration> run_times = {};
};
// "-" is WfFormat on the standard output. Of CSV, both files.
void write_dag_file(const dag::Dag& dag, const DagFile& file);

}  // namespace wukong::commands
