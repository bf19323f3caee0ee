#include "bench/commands/dag_files.h"

#include <filesystem>

#include "bench/files/text_file.h"
#include "bench/parameters/parameter_yaml.h"
#include "workloads/own_dags/dag_parameters.h"
#include "workloads/own_dags/dag_tables.h"
#include "workloads/own_dags/dot.h"
#include "workloads/wfformat/wfformat.h"

namespace wukong::commands {
namespace {

using parameters::ParameterTree;

constexpr std::string_view kTasksEnd = ".tasks.csv";

bool is_dot(const std::string& file) { return file.ends_with(".dot") || file.ends_with(".gv"); }
bool is_yaml(const std::string& file) { return file.ends_with(".yaml") || file.ends_with(".yml"); }

// NAME.tasks.csv is beside NAME.edges.csv, and so would NAME.csv be.
std::string edges_beside(const std::string& tasks) {
  const size_t end = tasks.ends_with(kTasksEnd) ? kTasksEnd.size() : std::string(".csv").size();
  return tasks.substr(0, tasks.size() - end) + ".edges.csv";
}

ParameterTree tables(const std::string& file, const parameters::Origin& origin) {
  ParameterTree map = ParameterTree::make_map(origin);
  map.put("tasks", ParameterTree::make_scalar(file, origin));
  std::error_code ignored;
  if (const std::string edges = edges_beside(file); std::filesystem::exists(edges, ignored))
    map.put("edges", ParameterTree::make_scalar(edges, origin));
  return map;
}

// The program's own form has tasks where an experiment has sections.
bool holds_tasks(const std::string& file) {
  const ParameterTree tree = parameters::read_yaml_file(file);
  return tree.is_map() && tree.find("tasks") != nullptr;
}

}  // namespace

bool names_dag_file(const std::string& file) {
  return file.ends_with(".json") || is_dot(file) || is_yaml(file) || file.ends_with(".csv");
}

std::optional<ParameterTree> workload_of_file(const std::string& file) {
  const parameters::Origin origin{parameters::Origin::Kind::file, file, 0};
  const ParameterTree path = ParameterTree::make_scalar(file, origin);
  ParameterTree workload = ParameterTree::make_map(origin);
  if (file.ends_with(".json"))
    workload.put("wfformat", path);
  else if (is_dot(file))
    workload.put("dot", path);
  else if (file.ends_with(".csv"))
    workload.put("csv", tables(file, origin));
  else if (is_yaml(file) && holds_tasks(file))
    workload.put("dag", path);
  else
    return std::nullopt;
  return workload;
}

void write_dag_file(const dag::Dag& dag, const DagFile& file) {
  if (file.path == "-" || file.path.ends_with(".json")) {
    wfformat::WfformatExport options;
    options.name = file.name;
    options.run_times = file.run_times;
    files::write_text_file(file.path, wfformat::export_wfformat(dag, options));
    return;
  }
  const own_dags::Description description = own_dags::describe(dag, file.run_times);
  if (is_dot(file.path))
    return files::write_text_file(file.path, own_dags::to_dot(description, file.name));
  if (is_yaml(file.path)) return files::write_text_file(file.path, own_dags::to_yaml(description));
  const own_dags::Tables tables = own_dags::to_tables(description);
  files::write_text_file(edges_beside(file.path), tables.edges);
  files::write_text_file(file.path, tables.tasks);
}

}  // namespace wukong::commands
