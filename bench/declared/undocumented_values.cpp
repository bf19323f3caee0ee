#include "bench/declared/undocumented_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <set>

#include "bench/parameters/parameter_yaml.h"

namespace wukong::declared {
namespace {

using parameters::ParameterTree;

// The presets that figures name, as KIND/NAME, and those that these name in turn.
class UsedPresets {
 public:
  explicit UsedPresets(std::span<const parameters::Preset> presets) : presets_(presets) {}

  void add_layer(const ParameterTree& layer) {
    for (const std::string_view kind : {"platform", "system"})
      if (const ParameterTree* written = layer.find(kind)) add_written(kind, *written);
  }
  const std::set<std::string>& names() const { return names_; }

 private:
  void add_written(std::string_view kind, const ParameterTree& written) {
    if (written.is_scalar()) return add_preset(kind, written.text);
    add_bases(kind, written);
  }
  void add_bases(std::string_view kind, const ParameterTree& map) {
    if (const ParameterTree* base = map.find("preset")) add_preset(kind, base->text);
    const ParameterTree* store = kind == "system" ? map.find("store") : nullptr;
    if (store != nullptr) add_written("store", *store);
  }
  void add_preset(std::string_view kind, const std::string& name) {
    const std::string full = fmt::format("{}/{}", kind, name);
    if (!names_.insert(full).second) return;
    for (const parameters::Preset& preset : presets_)
      if (preset.kind == kind && preset.name == name)
        add_bases(kind, parameters::parse_yaml(std::string(preset.text), {}));
  }

  std::span<const parameters::Preset> presets_;
  std::set<std::string> names_;
};

using Leaf = std::function<void(const std::string& key, const ParameterTree& value)>;

void visit_leaves(const ParameterTree& tree, const std::string& path, const Leaf& leaf) {
  if (!tree.is_map()) return leaf(path, tree);
  for (const parameters::ParameterEntry& entry : tree.entries)
    visit_leaves(entry.value, parameters::join_path(path, entry.key), leaf);
}

std::optional<double> number_of(const ParameterTree& value) {
  char* end = nullptr;
  const double number = std::strtod(value.text.c_str(), &end);
  if (!value.is_scalar() || end == value.text.c_str() || *end != '\0' || !std::isfinite(number))
    return std::nullopt;
  return number;
}

PresetValue make_value(const std::string& preset, const std::string& key,
                       const ParameterTree& value, Status status) {
  PresetValue made{preset, key, value.text, {}, status, value.source};
  const std::vector<ParameterTree> items =
      value.is_list() ? value.items : std::vector<ParameterTree>{value};
  for (const ParameterTree& item : items)
    if (const std::optional<double> number = number_of(item)) made.numbers.push_back(*number);
  if (value.is_list() && !made.numbers.empty())
    made.text = fmt::format("{} .. {}", *std::min_element(made.numbers.begin(), made.numbers.end()),
                            *std::max_element(made.numbers.begin(), made.numbers.end()));
  return made;
}

// Each layer of a figure's description, with its series and its x.
template <class Visit>
void visit_layers(const ParameterTree& description, const Visit& visit) {
  if (const ParameterTree* experiment = description.find("experiment")) visit(*experiment, "", "");
  if (const ParameterTree* series = description.find("series"))
    for (const parameters::ParameterEntry& entry : series->entries)
      visit(entry.value, entry.key, "");
  if (const ParameterTree* x = description.find("x"))
    for (const parameters::ParameterEntry& entry : x->entries) visit(entry.value, "", entry.key);
}

}  // namespace

std::optional<Status> status_of(const std::string& source) {
  const auto says = [&](const char* word) { return source.find(word) != std::string::npos; };
  if (says("fitted")) return Status::fitted;
  if (says("assum")) return Status::assumed;
  if (source.starts_with("choice")) return Status::chosen;
  return std::nullopt;
}

std::vector<PresetValue> preset_values(const reproduction::ReproductionLibrary& library,
                                       std::span<const parameters::Preset> presets) {
  UsedPresets used(presets);
  for (const reproduction::ReferenceFigure* figure : library.select({}))
    visit_layers(*library.description(figure->name),
                 [&](const ParameterTree& layer, const std::string&, const std::string&) {
                   if (layer.is_map()) used.add_layer(layer);
                 });
  std::vector<PresetValue> values;
  for (const parameters::Preset& preset : presets) {
    const std::string name = fmt::format("{}/{}", preset.kind, preset.name);
    if (!used.names().contains(name)) continue;
    visit_leaves(parameters::parse_yaml(std::string(preset.text), {}), "",
                 [&](const std::string& key, const ParameterTree& value) {
                   if (const std::optional<Status> status = status_of(value.source))
                     values.push_back(make_value(name, key, value, *status));
                 });
  }
  return values;
}

std::vector<FigureValue> figure_values(const reproduction::ReproductionLibrary& library) {
  std::vector<FigureValue> values;
  for (const reproduction::ReferenceFigure* figure : library.select({}))
    visit_layers(*library.description(figure->name),
                 [&](const ParameterTree& layer, const std::string& series, const std::string& x) {
                   if (layer.is_none() || (layer.is_map() && layer.entries.empty())) return;
                   visit_leaves(layer, "", [&](const std::string& key, const ParameterTree& value) {
                     values.push_back({figure->name, series, x, key, value.text});
                   });
                 });
  return values;
}

}  // namespace wukong::declared
