#include "bench/declared/declarations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "sim/base/check.h"

namespace wukong::declared {
namespace {

constexpr std::string_view kStatusNames[] = {"fitted", "assumed", "chosen", "stated"};
constexpr std::string_view kFileKeys[] = {"parameters", "figures"};
constexpr std::string_view kParameterKeys[] = {"preset", "key",    "unit", "from",
                                               "to",     "one_of", "why",  "points"};
constexpr std::string_view kFigureKeys[] = {"figure", "series", "x", "key", "status", "why"};

// A map of the file, with its place in it for messages.
class Entry {
 public:
  template <class Names>
  Entry(const parameters::ParameterTree& tree, std::string path, const Names& names)
      : tree_(tree), path_(std::move(path)) {
    if (!tree.is_map())
      throw Error(tree.origin.place(path_), fmt::format("a map ({})", fmt::join(names, ", ")),
                  tree.describe());
    for (const parameters::ParameterEntry& entry : tree.entries)
      if (std::find(std::begin(names), std::end(names), entry.key) == std::end(names))
        throw Error(entry.value.origin.place(at(entry.key)),
                    "unknown key" + did_you_mean(entry.key, names));
  }

  const parameters::ParameterTree* find(std::string_view key) const { return tree_.find(key); }
  std::string at(std::string_view key) const { return parameters::join_path(path_, key); }

  const parameters::ParameterTree& required(std::string_view key) const {
    if (const parameters::ParameterTree* found = find(key)) return *found;
    throw Error(tree_.origin.place(at(key)), "a value", "nothing (the key is missing)");
  }
  std::string text(std::string_view key) const {
    const parameters::ParameterTree& found = required(key);
    if (!found.is_scalar()) throw Error(found.origin.place(at(key)), "a text", found.describe());
    return found.text;
  }
  std::string text_or_none(std::string_view key) const {
    return find(key) == nullptr ? "" : text(key);
  }
  // A text, or a list of texts.
  std::vector<parameters::ParameterTree> items(std::string_view key) const {
    const parameters::ParameterTree& found = required(key);
    const std::vector<parameters::ParameterTree> items =
        found.is_list() ? found.items : std::vector<parameters::ParameterTree>{found};
    for (const parameters::ParameterTree& item : items)
      if (!item.is_scalar())
        throw Error(item.origin.place(at(key)), "a text or a list of texts", item.describe());
    return items;
  }
  std::vector<std::string> texts(std::string_view key) const {
    std::vector<std::string> texts;
    for (const parameters::ParameterTree& item : items(key)) texts.push_back(item.text);
    return texts;
  }
  std::optional<double> number(std::string_view key) const {
    const parameters::ParameterTree* found = find(key);
    if (found == nullptr) return std::nullopt;
    char* end = nullptr;
    const double value = std::strtod(found->text.c_str(), &end);
    if (!found->is_scalar() || end == found->text.c_str() || *end != '\0' || !std::isfinite(value))
      throw Error(found->origin.place(at(key)), "a number", found->describe());
    return value;
  }

 private:
  const parameters::ParameterTree& tree_;
  std::string path_;
};

Declaration make_declaration(const parameters::ParameterTree& tree, const std::string& path) {
  const Entry entry(tree, path, kParameterKeys);
  Declaration declaration;
  declaration.origin = tree.origin;
  declaration.presets = entry.texts("preset");
  declaration.keys = entry.texts("key");
  declaration.unit = entry.text_or_none("unit");
  declaration.from = entry.number("from");
  declaration.to = entry.number("to");
  if (entry.find("one_of") != nullptr) declaration.one_of = entry.texts("one_of");
  declaration.source = entry.text("why");
  const bool has_bounds = declaration.from && declaration.to;
  if (has_bounds == !declaration.one_of.empty() || (declaration.from && !declaration.to))
    throw Error(tree.origin.place(path), "either from and to, or one_of", "both or neither");
  if (has_bounds && *declaration.from > *declaration.to)
    throw Error(tree.origin.place(entry.at("to")),
                fmt::format("at least `from`, {}", *declaration.from),
                fmt::format("{}", *declaration.to));
  if (entry.find("points") != nullptr)
    for (const parameters::ParameterTree& item : entry.items("points"))
      declaration.points.push_back(calibration::parse_point_pattern(item, entry.at("points")));
  return declaration;
}

FigureDeclaration make_figure_declaration(const parameters::ParameterTree& tree,
                                          const std::string& path) {
  const Entry entry(tree, path, kFigureKeys);
  FigureDeclaration declaration;
  declaration.origin = tree.origin;
  declaration.figures = entry.texts("figure");
  declaration.series = entry.text_or_none("series");
  declaration.x = entry.text_or_none("x");
  declaration.keys = entry.texts("key");
  declaration.source = entry.text("why");
  const std::string status = entry.text("status");
  const auto found = std::find(std::begin(kStatusNames), std::end(kStatusNames), status);
  if (found == std::end(kStatusNames))
    throw Error(entry.required("status").origin.place(entry.at("status")),
                fmt::format("one of {}", fmt::join(kStatusNames, ", ")), "\"" + status + "\"");
  declaration.status = static_cast<Status>(found - std::begin(kStatusNames));
  return declaration;
}

const parameters::ParameterTree& list_of(const Entry& file, std::string_view key) {
  const parameters::ParameterTree& list = file.required(key);
  if (!list.is_list()) throw Error(list.origin.place(file.at(key)), "a list", list.describe());
  return list;
}

}  // namespace

std::string_view status_name(Status status) {
  const auto index = static_cast<size_t>(status);
  ENSURE(index < std::size(kStatusNames), index);
  return kStatusNames[index];
}

bool Declaration::is_of(std::string_view preset, std::string_view key) const {
  const auto matches = [](const std::vector<std::string>& patterns, std::string_view text) {
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
      return calibration::matches_glob(pattern, text);
    });
  };
  return matches(presets, preset) && matches(keys, key);
}

Declarations make_declarations(const parameters::ParameterTree& tree) {
  const Entry file(tree, "", kFileKeys);
  Declarations declarations;
  const parameters::ParameterTree& values = list_of(file, "parameters");
  for (size_t i = 0; i < values.items.size(); ++i)
    declarations.parameters.push_back(
        make_declaration(values.items[i], fmt::format("parameters[{}]", i)));
  const parameters::ParameterTree& figures = list_of(file, "figures");
  for (size_t i = 0; i < figures.items.size(); ++i)
    declarations.figures.push_back(
        make_figure_declaration(figures.items[i], fmt::format("figures[{}]", i)));
  return declarations;
}

}  // namespace wukong::declared
