#include "bench/experiment/workload_setup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "bench/experiment/catalog.h"
#include "bench/experiment/table_rows.h"
#include "bench/parameters/parameter_reader.h"
#include "workloads/computations/computations.h"
#include "workloads/dag/totals.h"

namespace wukong::experiment {
namespace {

std::vector<std::string_view> names_of(const Catalog& catalog) {
  std::vector<std::string_view> names;
  for (const workloads::Workload& workload : catalog.workloads) names.push_back(workload.key);
  names.insert(names.end(), {kJobsKey, kTraceKey});
  return names;
}

// An Error about the workload is placed where the workload was written.
template <class Make>
auto placed_at(const WorkloadSetup& setup, const Make& make) {
  try {
    return make();
  } catch (const Error& error) {
    if (!error.place().file.empty()) throw;
    const std::string& key = error.place().key;  // and then its text begins with it
    // A generator knows its parameters by where they stand if it is the only one.
    const std::string own = parameters::join_path("workload", setup.workload->key);
    const std::string path = key.starts_with(own) ? setup.path + key.substr(own.size()) : key;
    if (const parameters::Origin* const origin = written_at(setup.effective, path))
      throw Error(origin->place(""), error.what());
    if (const parameters::Origin* const origin = written_near(setup.of_items, path))
      throw Error(origin->place(""), error.what());
    throw Error(setup.origin.place(key.empty() ? setup.path : ""), error.what());
  }
}

// Without those that are defaults.
EffectiveParameters written_ones(EffectiveParameters parameters) {
  std::erase_if(parameters, [](const parameters::EffectiveParameter& parameter) {
    return parameter.origin.kind == parameters::Origin::Kind::program;
  });
  return parameters;
}

// What names the YAML file in which the workload's map is: a plain value in place of the map, or
// what became of it where a flag or an axis changes something in that map.
const parameters::ParameterTree* named_file(const workloads::Workload& workload,
                                            const parameters::ParameterTree& written) {
  if (!workload.map_in_file) return nullptr;
  const parameters::ParameterTree* const file =
      written.is_map() ? written.find("preset") : &written;
  return file != nullptr && file->is_scalar() && !file->is_none() ? file : nullptr;
}

parameters::ParameterTree map_of_file(const parameters::ParameterTree& file,
                                      const parameters::ParameterTree& written,
                                      const std::string& path) {
  parameters::ParameterTree map = read_map_file(file, path);
  if (!written.is_map()) return map;
  parameters::ParameterTree changes = written;
  changes.remove("preset");
  parameters::merge(map, changes);
  return map;
}

struct NoParameters final : workloads::WorkloadParameters {
  void visit(FieldVisitor&) override {}
};

std::unique_ptr<workloads::WorkloadParameters> no_parameters() {
  return std::make_unique<NoParameters>();
}

dag::Dag no_one_dag(const workloads::WorkloadParameters&, dag::DagForm) {
  throw Error(ErrorPlace{}, "a workload of one DAG", "a load of many jobs or invocations");
}

constexpr workloads::Workload load(std::string_view key) {
  return {.key = key,
          .summary = "many jobs, or invocations, on one account",
          .example = "",
          .path_key = "",
          .make_parameters = no_parameters,
          .make_dag = no_one_dag};
}
constexpr workloads::Workload kLoads[] = {load(kJobsKey), load(kTraceKey)};

}  // namespace

WorkloadSetup load_without_dag(std::string_view load, const parameters::Origin& origin) {
  WorkloadSetup setup;
  setup.workload = load == kJobsKey ? &kLoads[0] : &kLoads[1];
  setup.parameters = setup.workload->make_parameters();
  setup.origin = origin;
  setup.path = parameters::join_path("workload", load);
  return setup;
}

const parameters::Origin* written_at(const std::vector<parameters::EffectiveParameter>& effective,
                                     const std::string& key) {
  for (const parameters::EffectiveParameter& parameter : effective)
    if (parameters::path_text(parameter) == key && !parameter.origin.place("").file.empty())
      return &parameter.origin;
  return nullptr;
}

std::vector<parameters::EffectiveParameter> WorkloadSetup::in_short() const {
  EffectiveParameters own = effective;
  std::erase_if(own, [&](const parameters::EffectiveParameter& parameter) {
    return parameter.path.size() > level + 1;
  });
  return own;
}

dag::Dag WorkloadSetup::make_dag(dag::DagForm form) const {
  return placed_at(*this, [&] {
    dag::Dag dag = workload->make_dag(*parameters, form);
    dag::check_totals(dag);
    return dag;
  });
}

std::unique_ptr<computations::Computation> WorkloadSetup::make_computation(
    const dag::Dag& dag, dag::DagForm form, uint64_t data_seed) const {
  return placed_at(*this, [&] {
    return computations::make_computation(*workload, *parameters, dag, form, data_seed);
  });
}

WorkloadSetup read_workload(const std::string& key, const parameters::ParameterTree& written,
                            std::vector<std::string> path, const Catalog& catalog) {
  const std::vector<std::string_view> names = names_of(catalog);
  const auto found = std::find(names.begin(), names.end(), key);
  if (found == names.end())
    throw Error(written.origin.place("workload"),
                fmt::format("a workload ({})", fmt::join(names, ", ")),
                "\"" + key + "\"" + did_you_mean(key, names));
  if (key == kJobsKey || key == kTraceKey) return load_without_dag(key, written.origin);
  WorkloadSetup setup;
  setup.workload = &catalog.workloads[static_cast<size_t>(found - names.begin())];
  setup.parameters = setup.workload->make_parameters();
  setup.origin = written.origin;
  setup.level = path.size();
  for (const std::string& step : path) setup.path = parameters::join_path(setup.path, step);
  parameters::ParameterTree parameters = written;
  const std::string path_key(setup.workload->path_key);
  if (!path_key.empty() && parameters.is_scalar()) {
    parameters = parameters::ParameterTree::make_map(written.origin);
    parameters.put(path_key, written);
  }
  const parameters::ParameterTree* const file = named_file(*setup.workload, written);
  if (file != nullptr) parameters = map_of_file(*file, written, setup.path);
  parameters::ParameterReader reader(parameters, path, parameters::MissingKey::keeps_default);
  reader.read(*setup.parameters);
  setup.effective = by_item(reader.read_parameters(), path.size());
  if (setup.effective.size() < reader.read_parameters().size())
    setup.of_items = written_ones(reader.read_parameters());
  if (file != nullptr)
    setup.effective = {as_file(setup.effective, std::move(path), *file, parameters.origin.name)};
  return setup;
}

}  // namespace wukong::experiment
