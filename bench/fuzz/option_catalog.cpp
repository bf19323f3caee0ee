#include "bench/fuzz/option_catalog.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/experiment/preset_setup.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/settings.h"
#include "scheduler/policy/policy.h"

namespace wukong::fuzz {
namespace {

using fuzz_options::OptionKind;

// A store is named as a whole, by its preset: what an experiment says in place of its kind.
void name_stores(std::vector<Option>& options, const std::vector<std::string>& stores) {
  const std::string kind = "store.kind";
  for (Option& option : options) {
    if (!option.key.ends_with(kind)) continue;
    option.key.resize(option.key.size() - std::string(".kind").size());
    option.shape = option.key;
    option.texts = stores;
  }
}

// The dotted keys of what stands in a map.
void add_leaves(const parameters::ParameterTree& tree, const std::string& path,
                std::vector<std::string>& leaves) {
  if (!tree.is_map()) return leaves.push_back(path);
  for (const parameters::ParameterEntry& entry : tree.entries)
    add_leaves(entry.value, parameters::join_path(path, entry.key), leaves);
}

void add_names(const std::vector<Option>& options, const parameters::ParameterTree& set,
               const std::string& prefix, std::vector<std::string>& names) {
  std::vector<std::string> leaves;
  add_leaves(set, "", leaves);
  for (const std::string& leaf : leaves)
    for (const Option& option : options)
      if (option.key == leaf) names.push_back(prefix + option.shape);
}

}  // namespace

OptionCatalog::OptionCatalog() : catalog_(experiment::program_catalog()) {
  const std::vector<std::string> stores = catalog_.presets.names("store");
  for (const std::string& name : catalog_.presets.names("platform")) {
    platform::PlatformSpec platform = experiment::preset_platform(name);
    platforms_[name] = fuzz_options::options_of(platform);
    for (const Option& option : platforms_[name]) names_.insert("platform." + option.shape);
  }
  for (const std::string& name : catalog_.presets.names("system")) {
    experiment::SystemSetup setup = experiment::preset_system(name);
    System& system = systems_[name];
    system.policy = setup.policy->name;
    system.options = fuzz_options::options_of(*setup.options);
    name_stores(system.options, stores);
    for (const Option& option : system.options) names_.insert(system.policy + "." + option.shape);
  }
  share_texts();
}

// Which texts a parameter may be, its visit does not say: what any preset has there may stand in
// another one. It is refused where it does not fit.
void OptionCatalog::share_texts() {
  std::map<std::string, std::set<std::string>> texts;
  const auto each = [&](const auto& visit) {
    for (auto& [name, options] : platforms_)
      for (Option& option : options) visit("platform", option);
    for (auto& [name, system] : systems_)
      for (Option& option : system.options) visit(system.policy, option);
  };
  each([&](const std::string& owner, Option& option) {
    if (option.kind == OptionKind::text && option.texts.empty())
      texts[owner + option.shape].insert(option.text);
  });
  each([&](const std::string& owner, Option& option) {
    const auto found = texts.find(owner + option.shape);
    if (found != texts.end() && option.texts.empty())
      option.texts.assign(found->second.begin(), found->second.end());
  });
}

CaseOptions OptionCatalog::options_in(const std::string& text) const {
  const parameters::ParameterTree tree =
      parameters::parse_yaml(text, {parameters::Origin::Kind::flag, "--case", 0});
  CaseOptions found;
  const parameters::ParameterTree* const platform = tree.find("platform");
  const parameters::ParameterTree* const preset =
      platform != nullptr ? platform->find("preset") : nullptr;
  if (preset != nullptr && platforms_.contains(preset->text))
    add_names(platforms_.at(preset->text), *platform, "platform.", found.names);
  const parameters::ParameterTree* const systems = tree.find("systems");
  if (systems == nullptr || !systems->is_list() || systems->items.empty()) return found;
  const parameters::SystemEntry entry = parameters::read_system_entry(systems->items.front());
  const auto system = systems_.find(entry.preset);
  if (system == systems_.end()) return found;
  found.policy = system->second.policy;
  add_names(system->second.options, entry.overrides, found.policy + ".", found.names);
  return found;
}

}  // namespace wukong::fuzz
