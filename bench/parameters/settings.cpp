#include "bench/parameters/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <vector>

#include "bench/parameters/parameter_yaml.h"
#include "bench/text/utf8.h"
#include "sim/base/check.h"

namespace wukong::parameters {
namespace {

void assign(ParameterTree& tree, std::span<const std::string> path, const ParameterTree& value);

// The system whose label is `name`; if there is none, every one that is made from that preset.
std::vector<size_t> systems_called(const ParameterTree& systems, const std::string& name,
                                   const Origin& flag) {
  std::vector<size_t> by_preset;
  std::vector<std::string> labels;
  for (size_t i = 0; i < systems.items.size(); ++i) {
    const SystemEntry entry = read_system_entry(systems.items[i]);
    if (entry.label() == name) return {i};
    if (entry.preset == name) by_preset.push_back(i);
    labels.push_back(entry.label());
  }
  if (by_preset.empty())
    throw Error(flag.place("systems"),
                fmt::format("one of the experiment's systems ({})", fmt::join(labels, ", ")),
                "\"" + name + "\"" + did_you_mean(name, labels));
  return by_preset;
}

void assign_in_systems(ParameterTree& systems, std::span<const std::string> path,
                       const ParameterTree& value) {
  for (const size_t i : systems_called(systems, path.front(), value.origin)) {
    SystemEntry entry = read_system_entry(systems.items[i]);
    if (path.size() == 1)
      merge(entry.overrides, value);
    else
      assign(entry.overrides, path.subspan(1), value);
    ParameterTree item = ParameterTree::make_map(entry.origin);
    item.put(entry.preset, std::move(entry.overrides));
    systems.items[i] = std::move(item);
  }
}

void assign(ParameterTree& tree, std::span<const std::string> path, const ParameterTree& value) {
  ENSURE(!path.empty());
  if (tree.is_none() || tree.is_list()) tree = ParameterTree::make_map(value.origin);
  expand_preset(tree);
  ParameterTree* next = tree.find(path.front());
  if (path.size() == 1) {
    if (next != nullptr)
      merge(*next, value);
    else
      tree.put(path.front(), value);
    return;
  }
  if (next == nullptr) next = &tree.put(path.front(), ParameterTree::make_map(value.origin));
  assign(*next, path.subspan(1), value);
}

// Whole sections and the list of systems are not like other keys.
void assign_path(ParameterTree& experiment, const std::vector<std::string>& path,
                 const ParameterTree& value) {
  ParameterTree* top = experiment.find(path.front());
  const bool whole = path.size() == 1;
  if (path.front() == "systems" && !whole && top != nullptr && top->is_list())
    assign_in_systems(*top, std::span(path).subspan(1), value);
  else if (path.front() == "workload" && whole)
    experiment.put("workload", value);  // another workload, not a second one beside the first
  else
    assign(experiment, path, value);
}

}  // namespace

void apply_setting(ParameterTree& experiment, const std::string& setting) {
  const std::string flag = "--set " + setting.substr(0, setting.find('\n'));
  const size_t equals = setting.find('=');
  if (equals == std::string::npos || equals == 0)
    throw Error({flag, 0, ""}, "KEY=VALUE", "\"" + setting + "\"");
  const std::vector<std::string> path = split_path(setting.substr(0, equals), flag);
  const ParameterTree value = parse_flag_value(setting.substr(equals + 1), flag);

  assign_path(experiment, path, value);
}

void check_given_once(std::span<const std::string> settings) {
  std::map<std::string, std::string> values;  // by key
  for (const std::string& setting : settings) {
    const size_t equals = setting.find('=');
    if (equals == std::string::npos) continue;  // refused when it is applied
    const std::string key = setting.substr(0, equals);
    const std::string value = setting.substr(equals + 1);
    const auto [known, is_new] = values.emplace(key, value);
    if (!is_new && known->second != value)
      throw Error({"--set " + key, 0, ""}, "one value",
                  fmt::format("\"{}\" and \"{}\"", known->second, value));
  }
}

void apply_settings(ParameterTree& experiment, std::span<const std::string> settings) {
  check_given_once(settings);
  for (const std::string& setting : settings) apply_setting(experiment, setting);
}

void assign_key(ParameterTree& experiment, const std::string& key, const ParameterTree& value) {
  assign_path(experiment, split_path(key, value.origin.describe()), value);
}

std::string SystemEntry::label() const {
  const ParameterTree* name = overrides.find("name");
  return name != nullptr && name->is_scalar() && !name->is_none() ? name->text : preset;
}

namespace {

SystemEntry split_system_entry(const ParameterTree& item) {
  SystemEntry entry{"", ParameterTree::make_map(item.origin), item.origin};
  if (item.is_scalar() && !item.is_none()) {
    entry.preset = item.text;
    return entry;
  }
  if (!item.is_map() || item.entries.size() != 1)
    throw Error(
        item.origin.place("systems"), "a system's name, or {name: {overrides}}",
        item.is_map() ? fmt::format("a map of {} keys", item.entries.size()) : item.describe());
  entry.preset = item.entries.front().key;
  const ParameterTree& overrides = item.entries.front().value;
  if (overrides.is_none()) return entry;
  if (!overrides.is_map())
    throw Error(overrides.origin.place(join_path("systems", entry.preset)), "a map of overrides",
                overrides.describe());
  entry.overrides = overrides;
  return entry;
}

}  // namespace

// Tables, files and terminals show the name.
SystemEntry read_system_entry(const ParameterTree& item) {
  SystemEntry entry = split_system_entry(item);
  const std::string name = entry.label();
  if (name.empty() || text::visible(name, text::LineBreaks::shown) != name)
    throw Error(entry.origin.place("systems"), "a name of printable characters",
                "\"" + name + "\"");
  return entry;
}

}  // namespace wukong::parameters
