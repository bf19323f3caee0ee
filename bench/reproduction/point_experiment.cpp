#include "bench/reproduction/point_experiment.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/experiment/trace_setup.h"
#include "bench/parameters/settings.h"
#include "scheduler/policy/policy.h"

namespace wukong::reproduction {
namespace {

constexpr std::string_view kSections[] = {"platform", "workload",  "system", "systems",
                                          "seed",     "horizon_s", "faults", "check"};

bool is_trace(const parameters::ParameterTree& parameters) {
  const parameters::ParameterTree* workload = parameters.find("workload");
  return workload != nullptr && workload->is_map() && workload->find(experiment::kTraceKey);
}

// The sections of an experiment: `system: {preset: x, ...}` becomes `systems: [{x: {...}}]`.
parameters::ParameterTree with_systems(parameters::ParameterTree parameters, std::string& preset) {
  const parameters::ParameterTree* written = parameters.find("system");
  if (written == nullptr || written->is_none() || written->is_list())
    throw Error(parameters.origin.place("system"), "a system's preset or a map",
                written == nullptr ? "nothing (the key is missing)" : written->describe());
  parameters::ParameterTree system = *written;
  parameters::expand_preset(system);
  const parameters::ParameterTree* name = system.find("preset");
  if (name == nullptr || !name->is_scalar())
    throw Error(system.origin.place("system.preset"), "a system's preset",
                name == nullptr ? "nothing (the key is missing)" : name->describe());
  preset = name->text;
  parameters::ParameterTree item = parameters::ParameterTree::make_map(name->origin);
  system.remove("preset");
  item.put(preset, std::move(system));
  parameters::ParameterTree systems;
  systems.kind = parameters::ParameterTree::Kind::list;
  systems.origin = item.origin;
  systems.items.push_back(std::move(item));
  parameters.remove("system");
  parameters.put("systems", std::move(systems));
  return parameters;
}

}  // namespace

std::string system_group(const experiment::Experiment& experiment) {
  const experiment::SystemSetup& system = experiment.systems.front();
  const std::string_view policy = system.policy->name;
  return policy.starts_with("dask") ? system.label : std::string(policy);
}

PointExperiments::PointExperiments(const experiment::Catalog& catalog,
                                   std::vector<std::string> settings)
    : catalog_(catalog) {
  parameters::check_given_once(settings);
  for (std::string& text : settings) {
    const std::string flag = "--set " + text.substr(0, text.find('\n'));
    const std::string key = text.substr(0, text.find('='));
    const std::vector<std::string> path = parameters::split_path(key, flag);
    if (std::find(std::begin(kSections), std::end(kSections), path.front()) == std::end(kSections))
      throw Error({flag, 0, path.front()}, "unknown key" + did_you_mean(path.front(), kSections));
    Setting setting{std::move(text), "", true};
    if (path.front() == "systems") {
      if (path.size() < 3) throw Error({flag, 0, ""}, "systems.NAME.KEY=VALUE", "\"" + key + "\"");
      setting.system = path[1];
      setting.used = false;
    }
    settings_.push_back(std::move(setting));
  }
}

experiment::Experiment PointExperiments::make(const parameters::ParameterTree& parameters) {
  parameters::ParameterTree tree = parameters;
  for (const Setting& setting : settings_)
    if (setting.system.empty()) parameters::apply_setting(tree, setting.text);
  // A trace's invocations arrive by themselves.
  if (is_trace(tree) && tree.find("system") == nullptr)
    return experiment::make_experiment(tree, catalog_);
  std::string preset;
  tree = with_systems(std::move(tree), preset);
  if (std::find(presets_.begin(), presets_.end(), preset) == presets_.end())
    presets_.push_back(preset);
  for (Setting& setting : settings_) {
    if (setting.system != preset) continue;
    parameters::apply_setting(tree, setting.text);
    setting.used = true;
  }
  return experiment::make_experiment(tree, catalog_);
}

void PointExperiments::check_all_used() const {
  for (const Setting& setting : settings_)
    if (!setting.used)
      throw Error({"--set " + setting.text, 0, ""},
                  fmt::format("a system of these figures ({})", fmt::join(presets_, ", ")),
                  "\"" + setting.system + "\"" + did_you_mean(setting.system, presets_));
}

}  // namespace wukong::reproduction
