#include "bench/parameters/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "bench/text/display_width.h"
#include "bench/text/table.h"

namespace wukong::parameters {
namespace {

using Align = text::Table::Align;

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

// A parameter as it is shown.
struct Shown {
  std::string path;
  std::string value;
  std::string unit;
  std::string origin;  // empty: not asked for
  std::string source;
};

// A long list in pieces, so that it does not widen the whole column.
std::vector<std::string> wrapped_list(const std::string& text) {
  constexpr size_t kWidest = 32;
  if (text.empty() || text[0] != '[') return {text};
  return text::wrap_words(text, kWidest);
}

// With a column for origins if they are asked for.
text::Table as_table(const std::vector<Shown>& parameters, bool origins) {
  std::vector<Align> columns{Align::left, Align::right, Align::left, Align::left};
  std::vector<std::string> header{"parameter", "value", "unit", "source"};
  if (origins) {
    columns.push_back(Align::left);
    header.insert(header.end() - 1, "origin");
  }
  text::Table table(std::move(columns));
  table.add_row(std::move(header));
  for (const Shown& shown : parameters) {
    const std::vector<std::string> lines = wrapped_list(shown.value);
    std::vector<std::string> row{shown.path, lines.front(), shown.unit, shown.source};
    if (origins) row.insert(row.end() - 1, shown.origin);
    table.add_row(std::move(row));
    for (size_t i = 1; i < lines.size(); ++i) table.add_row({"", lines[i]});
  }
  return table;
}

// "functions.memory_mb    3072 MB", and below it what documents it.
std::string as_list(const std::vector<Shown>& parameters, size_t width) {
  constexpr size_t kIndent = 4;
  constexpr size_t kWidestPath = 48;  // those that are longer push their values to the right
  size_t column = 0;
  for (const Shown& shown : parameters)
    column = std::max(column, std::min(text::display_width(shown.path), kWidestPath));
  std::string text;
  std::string origin;
  for (const Shown& shown : parameters) {
    if (shown.origin != origin)
      text += (text.empty() ? "" : "\n") + text::wrapped_text("[" + shown.origin + "]", width);
    origin = shown.origin;
    const std::string value = shown.value + (shown.unit.empty() ? "" : " " + shown.unit);
    const size_t used = std::max(text::display_width(shown.path), column) + 2;
    if (used + text::display_width(value) <= width) {
      text += shown.path + std::string(used - text::display_width(shown.path), ' ') + value + "\n";
    } else {
      text += shown.path + "\n" + text::wrapped_text(value, width, kIndent);
    }
    if (!shown.source.empty()) text += text::wrapped_text(shown.source, width, kIndent);
  }
  return text;
}

std::string fitted(const std::vector<Shown>& parameters, bool origins, size_t width) {
  const text::Table table = as_table(parameters, origins);
  return table.fits(width) ? table.to_text() : as_list(parameters, width);
}

}  // namespace

std::string explain(std::span<const EffectiveParameter> parameters, size_t width) {
  std::vector<Shown> all;
  for (const EffectiveParameter& parameter : parameters)
    all.push_back({path_text(parameter), to_text(parameter.value),
                   unit_of_key(parameter.path.back()), parameter.origin.describe(),
                   parameter.source});
  return fitted(all, true, width);
}

std::string list_presets(const PresetLibrary& presets, size_t width) {
  std::map<std::string, std::vector<std::string>> by_kind;
  for (const Preset& preset : presets.all())
    by_kind[std::string(preset.kind)].emplace_back(preset.name);
  text::Table table({Align::left, Align::prose});
  for (const auto& [kind, names] : by_kind)
    table.add_row({kind, fmt::format("{}", fmt::join(names, ", "))});
  return table.to_text({.width = width});
}

std::string show_preset(const PresetLibrary& presets, const std::string& name, size_t width) {
  std::string text;
  std::vector<std::string> known;
  for (const Preset& preset : presets.all()) {
    const std::string full = fmt::format("{}/{}", preset.kind, preset.name);
    known.emplace_back(preset.name);
    if (name != preset.name && name != full) continue;
    std::vector<Leaf> leaves;
    const ParameterTree tree = presets.load(preset.kind, std::string(preset.name), {});
    collect_leaves(tree, "", leaves);
    std::vector<Shown> all;
    for (const Leaf& leaf : leaves)
      all.push_back({leaf.path, written_text(*leaf.value), unit_of_key(last_key(leaf.path)), "",
                     leaf.value->source});
    text += fmt::format("{}{} {}\n", text.empty() ? "" : "\n", preset.kind, preset.name) +
            fitted(all, false, width);
  }
  if (text.empty())
    throw Error({}, fmt::format("a preset ({})", fmt::join(known, ", ")),
                "\"" + name + "\"" + did_you_mean(name, known));
  return text;
}

}  // namespace wukong::parameters
