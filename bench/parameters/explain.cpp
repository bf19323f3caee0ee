#include "bench/parameters/explain.h"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "bench/text/table.h"

namespace wukong::bench {
namespace {

using Align = Table::Align;

struct Leaf {
  std::string path;
  const ParameterTree* value;
};

void collect_leaves(const ParameterTree& tree, const std::string& path, std::vector<Leaf>& leaves) {
  if (!tree.is_map()) leaves.push_back({path, &tree});
  for (const ParameterEntry& entry : tree.entries)
    collect_leaves(entry.value, join_path(path, entry.key), leaves);
}

std::string written_text(const ParameterTree& tree) {
  if (!tree.is_list()) return tree.is_none() ? "none" : tree.text;
  std::vector<std::string> items;
  for (const ParameterTree& item : tree.items) items.push_back(written_text(item));
  return fmt::format("[{}]", fmt::join(items, ", "));
}

std::string last_key(const std::string& path) {
  const size_t dot = path.rfind('.');
  return dot == std::string::npos ? path : path.substr(dot + 1);
}

// A long list in pieces, so that it does not widen the whole column.
std::vector<std::string> wrapped(const std::string& text) {
  constexpr size_t kWidest = 32;
  std::vector<std::string> lines;
  size_t begin = 0;
  while (text.size() - begin > kWidest && text[0] == '[') {
    const size_t comma = text.rfind(", ", begin + kWidest - 2);
    if (comma == std::string::npos || comma < begin) break;
    lines.push_back(text.substr(begin, comma + 1 - begin));
    begin = comma + 2;
  }
  lines.push_back(text.substr(begin));
  return lines;
}

// `cells`: the parameter, its value, and what follows it. What does not fit goes on below.
void add_parameter(std::vector<std::string> cells, Table& table) {
  const std::vector<std::string> lines = wrapped(cells[1]);
  cells[1] = lines.front();
  table.add_row(std::move(cells));
  for (size_t i = 1; i < lines.size(); ++i) table.add_row({"", lines[i]});
}

}  // namespace

std::string explain(std::span<const EffectiveParameter> parameters) {
  Table table({Align::left, Align::right, Align::left, Align::left, Align::left});
  table.add_row({"parameter", "value", "unit", "origin", "source"});
  for (const EffectiveParameter& parameter : parameters)
    add_parameter(
        {path_text(parameter), to_text(parameter.value), unit_of_key(parameter.path.back()),
         parameter.origin.describe(), parameter.source},
        table);
  return table.to_text();
}

std::string list_presets(const PresetLibrary& presets) {
  std::map<std::string, std::vector<std::string>> by_kind;
  for (const Preset& preset : presets.all())
    by_kind[std::string(preset.kind)].emplace_back(preset.name);
  Table table({Align::left, Align::left});
  for (const auto& [kind, names] : by_kind)
    table.add_row({kind, fmt::format("{}", fmt::join(names, ", "))});
  return table.to_text();
}

std::string show_preset(const PresetLibrary& presets, const std::string& name) {
  std::string text;
  std::vector<std::string> known;
  for (const Preset& preset : presets.all()) {
    const std::string full = fmt::format("{}/{}", preset.kind, preset.name);
    known.emplace_back(preset.name);
    if (name != preset.name && name != full) continue;
    std::vector<Leaf> leaves;
    const ParameterTree tree = presets.load(preset.kind, std::string(preset.name), {});
    collect_leaves(tree, "", leaves);
    Table table({Align::left, Align::right, Align::left, Align::left});
    table.add_heading(fmt::format("{} {}", preset.kind, preset.name));
    table.add_row({"parameter", "value", "unit", "source"});
    for (const Leaf& leaf : leaves)
      add_parameter({leaf.path, written_text(*leaf.value), unit_of_key(last_key(leaf.path)),
                     leaf.value->source},
                    table);
    text += (text.empty() ? "" : "\n") + table.to_text();
  }
  if (text.empty())
    throw Error({}, fmt::format("a preset ({})", fmt::join(known, ", ")),
                "\"" + name + "\"" + did_you_mean(name, known));
  return text;
}

}  // namespace wukong::bench
