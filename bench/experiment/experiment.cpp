#include "bench/experiment/experiment.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment_sections.h"
#include "bench/experiment/run_parameters.h"
#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/settings.h"
#include "runtime/processes/command_line.h"
#include "scheduler/policy/policy.h"
#include "sim/base/secrets.h"

namespace wukong::experiment {
namespace {

const parameters::ParameterTree& section(const parameters::ParameterTree& tree,
                                         std::string_view key) {
  const parameters::ParameterTree* found = tree.find(key);
  if (found == nullptr)
    throw Error({tree.origin.place("").file, 0, std::string(key)}, "a value",
                "nothing (the key is missing)");
  return *found;
}

void append(std::vector<parameters::EffectiveParameter>& all,
            const std::vector<parameters::EffectiveParameter>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

// A folder is looked for beside the experiment file that names it, then in the current folder; one
// that a flag names, in the current folder.
void resolve_path(parameters::ParameterTree& path) {
  if (!path.is_scalar() || path.origin.kind != parameters::Origin::Kind::file) return;
  const std::filesystem::path beside =
      std::filesystem::path(path.origin.name).parent_path() / path.text;
  std::error_code ignored;
  if (std::filesystem::exists(beside, ignored)) path.text = beside.string();
}

// A function with another memory than the platform has is refused where its number was written.
void check_memory(const functions::LambdaSpec& functions,
                  const std::vector<parameters::EffectiveParameter>& parameters) {
  const functions::EnvironmentSpec& environment = functions.environment;
  if (functions.memory_mb >= environment.memory_mb_least &&
      functions.memory_mb <= environment.memory_mb_most)
    return;
  ErrorPlace place{"", 0, "platform.functions.memory_mb"};
  for (const parameters::EffectiveParameter& parameter : parameters)
    if (parameters::path_text(parameter) == place.key) place = parameter.origin.place(place.key);
  throw Error(place,
              fmt::format("{} to {} (platform.functions.environment.memory_mb_least and _most)",
                          environment.memory_mb_least, environment.memory_mb_most),
              std::to_string(functions.memory_mb));
}

RunParameters read_run_parameters(const parameters::ParameterTree& tree,
                                  std::vector<parameters::EffectiveParameter>& effective) {
  parameters::ParameterTree map = parameters::ParameterTree::make_map(tree.origin);
  for (const std::string key : {"replicates", "seed", "horizon_s"})
    if (const parameters::ParameterTree* written = tree.find(key); written != nullptr)
      map.put(key, *written);
  RunParameters parameters;
  parameters::ParameterReader reader(map, {}, parameters::MissingKey::keeps_default);
  reader.read(parameters);
  append(effective, reader.read_parameters());
  return parameters;
}

const scheduler::Policy& find_policy(const parameters::ParameterTree& system,
                                     const std::string& path, const Catalog& catalog) {
  const parameters::ParameterTree* written = system.find("policy");
  if (written == nullptr)
    throw Error(system.origin.place(parameters::join_path(path, "policy")), "a value",
                "nothing (the key is missing)");
  std::vector<std::string_view> names;
  for (const scheduler::Policy& policy : catalog.policies) {
    if (written->is_scalar() && written->text == policy.name) return policy;
    names.push_back(policy.name);
  }
  throw Error(written->origin.place(parameters::join_path(path, "policy")),
              fmt::format("a policy ({})", fmt::join(names, ", ")),
              written->describe() + did_you_mean(written->text, names));
}

// A system's parameters that name a store: `store`, or what ends in `_store`.
void resolve_stores(parameters::ParameterTree& system, const std::string& path,
                    const Catalog& catalog) {
  for (parameters::ParameterEntry& entry : system.entries) {
    if (entry.key != "store" && !entry.key.ends_with("_store")) continue;
    if (entry.value.is_none()) continue;
    entry.value =
        catalog.presets.resolve("store", entry.value, parameters::join_path(path, entry.key));
  }
}

// A list of texts is one text to its reader: joined.
template <class Join>
void join_list(parameters::ParameterTree& map, const std::string& key, const std::string& expected,
               const Join& join) {
  parameters::ParameterTree* const list = map.find(key);
  if (list == nullptr || !list->is_list()) return;
  std::vector<std::string> texts;
  for (const parameters::ParameterTree& item : list->items) {
    if (!item.is_scalar() || item.is_none())
      throw Error(item.origin.place(parameters::join_path("emulation", key)), expected,
                  item.describe());
    texts.push_back(item.text);
  }
  *list = parameters::ParameterTree::make_scalar(join(texts), list->origin);
}

// Where commands find files: as written, or else where the command was written.
void resolve_command_folder(parameters::ParameterTree& emulation) {
  if (parameters::ParameterTree* const folder = emulation.find("command_folder"); folder != nullptr)
    return resolve_path(*folder);
  const parameters::ParameterTree* const command = emulation.find("command");
  if (command == nullptr || command->origin.kind != parameters::Origin::Kind::file) return;
  const std::string beside = std::filesystem::path(command->origin.name).parent_path().string();
  emulation.put("command_folder",
                parameters::ParameterTree::make_scalar(beside.empty() ? "." : beside, {}));
}

loop::EmulationSpec read_emulation(parameters::ParameterTree written,
                                   std::vector<parameters::EffectiveParameter>& effective) {
  if (!written.is_map())
    throw Error(written.origin.place("emulation"), "a map such as {speed: 10}", written.describe());
  join_list(written, "store", "an address such as redis://127.0.0.1:6379",
            [](const auto& addresses) { return fmt::format("{}", fmt::join(addresses, ",")); });
  join_list(written, "command", "a word, such as python3",
            [](const auto& words) { return processes::join_words(words); });
  resolve_command_folder(written);
  loop::EmulationSpec emulation;
  parameters::ParameterReader reader(written, {"emulation"}, parameters::MissingKey::keeps_default);
  reader.read(emulation);
  std::vector<parameters::EffectiveParameter> shown = reader.read_parameters();
  for (parameters::EffectiveParameter& parameter : shown)
    if (parameter.path.back() == "store") parameter.value = without_secrets(emulation.store);
  append(effective, std::move(shown));
  return emulation;
}

faults::FaultSpec read_faults(const parameters::ParameterTree& written,
                              std::vector<parameters::EffectiveParameter>& effective) {
  if (!written.is_map())
    throw Error(written.origin.place("faults"), "a map such as {crash_before: 0.01}",
                written.describe());
  faults::FaultSpec faults;
  parameters::ParameterReader reader(written, {"faults"}, parameters::MissingKey::keeps_default);
  try {
    reader.read(faults);
  } catch (const Error& error) {
    if (error.place().key != "faults.points") throw;
    const parameters::ParameterTree* const points = written.find("points");
    throw Error((points != nullptr ? *points : written).origin.place(""), error.what());
  }
  append(effective, reader.read_parameters());
  return faults;
}

bool read_check(const parameters::ParameterTree& tree,
                std::vector<parameters::EffectiveParameter>& effective) {
  struct Check {
    bool check = false;
    void visit(FieldVisitor& v) { v.field("check", check); }
  } parameters;
  parameters::ParameterTree map = parameters::ParameterTree::make_map(tree.origin);
  map.put("check", *tree.find("check"));
  parameters::ParameterReader reader(map, {});
  reader.read(parameters);
  append(effective, reader.read_parameters());
  return parameters.check;
}

parameters::EffectiveParameter effective_text(std::vector<std::string> path,
                                              const parameters::ParameterTree& tree) {
  return {std::move(path), tree.text, tree.origin, tree.source};
}

SystemSetup make_system_setup(const parameters::ParameterTree& item, const Catalog& catalog) {
  const parameters::SystemEntry entry = parameters::read_system_entry(item);
  SystemSetup setup;
  setup.label = entry.label();
  setup.origin = entry.origin;
  const std::string path = parameters::join_path("systems", setup.label);
  parameters::ParameterTree tree =
      catalog.presets.load("system", entry.preset, entry.origin.place("systems"));
  parameters::merge(tree, entry.overrides);
  setup.policy = &find_policy(tree, path, catalog);
  setup.effective.push_back(
      effective_text({"systems", setup.label, "policy"}, *tree.find("policy")));
  tree.remove("policy");
  if (const parameters::ParameterTree* name = tree.find("name"); name != nullptr) {
    if (!name->is_scalar() || name->is_none())
      throw Error(name->origin.place(parameters::join_path(path, "name")), "a text",
                  name->describe());
    tree.remove("name");
  }
  resolve_stores(tree, path, catalog);
  setup.options = setup.policy->make_options();
  parameters::ParameterReader reader(tree, {"systems", setup.label});
  reader.read(*setup.options);
  append(setup.effective, reader.read_parameters());
  return setup;
}

}  // namespace

parameters::ParameterTree read_experiment_tree(const std::string& file,
                                               const std::vector<std::string>& settings) {
  parameters::ParameterTree tree = parameters::read_yaml_file(file);
  check_sections(tree);
  parameters::apply_settings(tree, settings);
  return tree;
}

platform::PlatformSpec make_platform(const parameters::ParameterTree& tree, const Catalog& catalog,
                                     std::vector<parameters::EffectiveParameter>& effective) {
  const parameters::ParameterTree resolved =
      catalog.presets.resolve("platform", section(tree, "platform"), "platform");
  platform::PlatformSpec platform;
  parameters::ParameterReader reader(resolved, {"platform"});
  reader.read(platform);
  const std::vector<parameters::EffectiveParameter> parameters = reader.read_parameters();
  check_memory(platform.functions, parameters);
  append(effective, parameters);
  return platform;
}

std::vector<SystemSetup> make_systems(const parameters::ParameterTree& tree,
                                      const Catalog& catalog) {
  const parameters::ParameterTree& list = section(tree, "systems");
  if (!list.is_list() || list.items.empty())
    throw Error(list.origin.place("systems"), "a list of systems, such as [wukong, numpywren]",
                list.is_list() ? "an empty list" : list.describe());
  std::vector<SystemSetup> systems;
  for (const parameters::ParameterTree& item : list.items) {
    SystemSetup setup = make_system_setup(item, catalog);
    for (const SystemSetup& other : systems)
      if (other.label == setup.label)
        throw Error(setup.origin.place("systems"), "two systems are called \"" + setup.label +
                                                       "\"; give one another name, as in {" +
                                                       setup.label + ": {name: other}}");
    systems.push_back(std::move(setup));
  }
  return systems;
}

namespace {

// The one entry below `workload`.
const parameters::ParameterEntry& workload_entry(const parameters::ParameterTree& tree) {
  const parameters::ParameterTree& written = section(tree, "workload");
  if (!written.is_map() || written.entries.size() != 1)
    throw Error(written.origin.place("workload"),
                "one workload with its parameters, such as {tsqr: {...}}",
                written.is_map() ? fmt::format("a map of {} keys", written.entries.size())
                                 : written.describe());
  return written.entries.front();
}

struct NoOptions final : scheduler::Options {
  void visit(FieldVisitor&) override {}
};

constexpr scheduler::Policy kNoPolicy{.name = kNoSystem,
                                      .form = dag::DagForm::dask,
                                      .make_options = nullptr,
                                      .make_system = nullptr,
                                      .task_hosts = scheduler::TaskHosts::none};

// What is in the place of the systems where invocations arrive by themselves.
std::vector<SystemSetup> no_system(const parameters::ParameterTree& tree) {
  if (const parameters::ParameterTree* const systems = tree.find("systems"); systems != nullptr)
    throw Error(systems->origin.place("systems"),
                "no systems, for a trace, whose invocations no system schedules",
                systems->describe());
  std::vector<SystemSetup> none(1);
  none.front().label = kNoSystem;
  none.front().policy = &kNoPolicy;
  none.front().options = std::make_unique<NoOptions>();
  return none;
}

}  // namespace

WorkloadSetup make_workload(const parameters::ParameterTree& tree, const Catalog& catalog) {
  const auto& [key, value] = workload_entry(tree);
  return read_workload(key, value, {"workload", key}, catalog);
}

Experiment make_experiment(const parameters::ParameterTree& tree, const Catalog& catalog) {
  check_sections(tree);
  Experiment experiment;
  experiment.platform = make_platform(tree, catalog, experiment.effective);
  experiment.workload = make_workload(tree, catalog);
  append(experiment.effective, experiment.workload.effective);
  const auto& [workload, parameters] = workload_entry(tree);
  if (workload == kJobsKey)
    experiment.jobs = make_jobs(parameters, catalog, experiment.effective);
  else if (workload == kTraceKey)
    experiment.trace = make_trace(parameters, catalog, experiment.effective);
  experiment.systems = experiment.trace ? no_system(tree) : make_systems(tree, catalog);
  for (const SystemSetup& system : experiment.systems)
    append(experiment.effective, system.effective);
  const RunParameters runs = read_run_parameters(tree, experiment.effective);
  experiment.replicates = runs.replicates;
  experiment.seed = static_cast<uint64_t>(runs.seed);
  experiment.horizon = runs.horizon;
  if (const parameters::ParameterTree* faults = tree.find("faults"); faults != nullptr)
    experiment.faults = read_faults(*faults, experiment.effective);
  if (!experiment.faults.empty()) require_one_dag(experiment, "a run with faults");
  if (tree.find("check") != nullptr) experiment.check = read_check(tree, experiment.effective);
  if (const parameters::ParameterTree* emulation = tree.find("emulation"); emulation != nullptr)
    experiment.emulation = read_emulation(*emulation, experiment.effective);
  return experiment;
}

void require_one_dag(const Experiment& experiment, const std::string& who) {
  if (is_load(experiment))
    throw Error(experiment.workload.origin.place("workload"), "one DAG, for " + who,
                experiment.jobs ? "jobs, which are many" : "a trace, which has none");
}

void keep_first_replicate(Experiment& experiment) {
  experiment.replicates = 1;
  for (parameters::EffectiveParameter& parameter : experiment.effective)
    if (parameters::path_text(parameter) == "replicates") parameter.value = int64_t{1};
}

Error placed(const Experiment& experiment, const Error& error) {
  if (!error.place().file.empty()) return error;
  const parameters::Origin* const origin = written_at(experiment.effective, error.place().key);
  return origin != nullptr ? Error(origin->place(""), error.what()) : error;
}

Error placed(const Experiment& experiment, const SystemSetup& system, const Error& error) {
  const Error known = placed(experiment, error);
  if (!known.place().file.empty()) return known;
  return Error(system.origin.place(parameters::join_path("systems", system.label)), known.what());
}

}  // namespace wukong::experiment
