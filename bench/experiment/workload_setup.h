// A workload with its parameters, as an experiment says it: {tsqr: {rows: 262144}}.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/parameters/effective_parameter.h"
#include "bench/parameters/parameter_tree.h"
#include "workloads/catalog/workload.h"

namespace wukong::computations {
class Computation;
}  // namespace wukong::computations

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::experiment {

struct Catalog;

// Below `workload`: the loads.
constexpr std::string_view kJobsKey = "jobs";
constexpr std::string_view kTraceKey = "trace";

struct WorkloadSetup {
  const workloads::Workload* workload = nullptr;
  std::unique_ptr<workloads::WorkloadParameters> parameters;
  parameters::Origin origin;
  std::string path;  // where it stands in the experiment: workload.tsqr
  size_t level = 0;  // the keys of that path
  std::vector<parameters::EffectiveParameter> effective;
  // The parameters of the items of its tables, of which `effective` tells only the items.
  std::vector<parameters::EffectiveParameter> of_items;

  // Those of its parameters that say something in a line: no items, of which there may be
  // thousands.
  std::vector<parameters::EffectiveParameter> in_short() const;

  std::string name() const { return std::string(workload->key); }
  // Throws Error, placed where the workload was written, if the parameters do not go together.
  dag::Dag make_dag(dag::DagForm form) const;
  // What its tasks really compute. Throws Error, placed alike, if the program cannot.
  std::unique_ptr<computations::Computation> make_computation(const dag::Dag& dag,
                                                              dag::DagForm form,
                                                              uint64_t data_seed) const;
};

// Reads the workload `key` with the parameters `written`, which stand at `path`.
WorkloadSetup read_workload(const std::string& key, const parameters::ParameterTree& written,
                            std::vector<std::string> path, const Catalog& catalog);

// What stands in the place of a workload where a load has none that is the only one: it has a name,
// `load`, and no DAG, which make_dag says.
WorkloadSetup load_without_dag(std::string_view load, const parameters::Origin& origin);

// Where the user wrote the parameter; null: nowhere.
const parameters::Origin* written_at(const std::vector<parameters::EffectiveParameter>& effective,
                                     const std::string& key);

}  // namespace wukong::experiment
