// One's own DAGs: the first byte says in which form. What is accepted is written in each form and
// read again, and is the same DAG then.
#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/fuzz/fuzz.h"
#include "workloads/own_dags/dag_parameters.h"
#include "workloads/own_dags/dag_tables.h"
#include "workloads/own_dags/dot.h"

namespace wukong::fuzz {
namespace {

dag::Dag read_yaml(const std::string& text) {
  const parameters::ParameterTree tree =
      parameters::parse_yaml(text, {parameters::Origin::Kind::file, "dag.yaml", 0});
  own_dags::DagParameters parameters;
  parameters::ParameterReader reader(tree, {"workload", "dag"},
                                     parameters::MissingKey::keeps_default);
  reader.read(parameters);
  return own_dags::make_dag(parameters);
}

dag::Dag read_dot(const std::string& text) {
  return own_dags::make_dag_of_dot({.path = {"graph.dot", text}});
}

dag::Dag read_csv(const own_dags::Tables& tables) {
  return own_dags::make_dag_of_tables(
      {.tasks = {"tasks.csv", tables.tasks}, .edges = InputFile{"edges.csv", tables.edges}});
}

// An empty line stands between the two tables.
own_dags::Tables two_tables(const std::string& text) {
  const size_t end = text.find("\n\n");
  if (end == std::string::npos) return {text, "from,to\n"};
  return {text.substr(0, end + 1), text.substr(end + 2)};
}

bool same(const dag::Dag& a, const dag::Dag& b) {
  return a.task_count() == b.task_count() && a.edge_count() == b.edge_count() &&
         a.object_count() == b.object_count();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string text = text_of(data + 1, size - 1);
  accepts([&] {
    const dag::Dag dag = data[0] == 'y'   ? read_yaml(text)
                         : data[0] == 'd' ? read_dot(text)
                                          : read_csv(two_tables(text));
    const own_dags::Description description = own_dags::describe(dag);
    ENSURE(same(read_dot(own_dags::to_dot(description, "again")), dag), dag.task_count());
    own_dags::to_yaml(description);
    own_dags::to_tables(description);
  });
  return 0;
}

}  // namespace wukong::fuzz
