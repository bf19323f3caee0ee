#include "bench/parameters/parameter_tree.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "sim/base/check.h"
#include "sim/base/secrets.h"

namespace wukong::parameters {

std::string Origin::describe() const {
  switch (kind) {
    case Kind::program:
      return "default";
    case Kind::preset:
      return "preset " + name;
    case Kind::file:
      return line > 0 ? name + ":" + std::to_string(line) : name;
    case Kind::flag:
      return without_secrets(name);  // with its text
  }
  return name;
}

ErrorPlace Origin::place(std::string key) const {
  std::string file = kind == Kind::flag ? without_secrets(name) : name;
  return {kind == Kind::preset ? "preset " + name : std::move(file), line, std::move(key)};
}

ParameterTree ParameterTree::make_scalar(std::string text, Origin origin) {
  ParameterTree tree;
  tree.kind = Kind::scalar;
  tree.text = std::move(text);
  tree.origin = std::move(origin);
  return tree;
}

ParameterTree ParameterTree::make_map(Origin origin) {
  ParameterTree tree;
  tree.origin = std::move(origin);
  return tree;
}

bool ParameterTree::is_none() const {
  return is_scalar() && !quoted &&
         (text.empty() || text == "~" || text == "none" || text == "null");
}

const ParameterTree* ParameterTree::find(std::string_view key) const {
  for (const ParameterEntry& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

ParameterTree* ParameterTree::find(std::string_view key) {
  return const_cast<ParameterTree*>(std::as_const(*this).find(key));
}

ParameterTree& ParameterTree::put(std::string key, ParameterTree value) {
  ENSURE(is_map(), key);
  if (ParameterTree* present = find(key)) return *present = std::move(value);
  entries.push_back({std::move(key), std::move(value)});
  return entries.back().value;
}

void ParameterTree::remove(std::string_view key) {
  std::erase_if(entries, [&](const ParameterEntry& entry) { return entry.key == key; });
}

std::vector<std::string> ParameterTree::keys() const {
  std::vector<std::string> names;
  for (const ParameterEntry& entry : entries) names.push_back(entry.key);
  return names;
}

std::string ParameterTree::describe() const {
  if (is_list()) return "a list";
  if (is_map()) return "a map";
  if (is_none()) return text.empty() ? "nothing" : text;
  constexpr size_t kMostShown = 60;
  const std::string shown = without_secrets(text);
  if (shown.size() > kMostShown) return "\"" + shown.substr(0, kMostShown) + "...\"";
  return "\"" + shown + "\"";
}

void expand_preset(ParameterTree& tree) {
  if (!tree.is_scalar()) return;
  ParameterTree map = ParameterTree::make_map(tree.origin);
  map.put("preset", std::move(tree));
  tree = std::move(map);
}

void merge(ParameterTree& base, const ParameterTree& over) {
  // A range stands in the place of a value, which is no preset that it changes.
  const bool is_range = over.find("from") != nullptr && over.find("to") != nullptr;
  const bool replaces =
      !over.is_map() || base.is_list() || is_range || over.find("preset") != nullptr;
  if (replaces || base.is_none()) {
    base = over;
    return;
  }
  expand_preset(base);
  // An index, because a map may have thousands of keys.
  std::map<std::string, size_t, std::less<>> places;
  for (size_t i = 0; i < base.entries.size(); ++i) places.emplace(base.entries[i].key, i);
  for (const ParameterEntry& entry : over.entries) {
    if (const auto [known, is_new] = places.emplace(entry.key, base.entries.size()); !is_new)
      merge(base.entries[known->second].value, entry.value);
    else
      base.entries.push_back(entry);
  }
}

std::string join_path(std::string_view path, std::string_view key) {
  std::string text(path);
  if (!text.empty()) text += '.';
  const bool quote = key.empty() || key.find('.') != std::string_view::npos;
  return text.append(quote ? "\"" : "").append(key).append(quote ? "\"" : "");
}

std::vector<std::string> split_path(const std::string& path, const std::string& flag) {
  std::vector<std::string> keys(1);
  bool quoted = false;
  for (const char c : path) {
    if (c == '"')
      quoted = !quoted;
    else if (c == '.' && !quoted)
      keys.emplace_back();
    else
      keys.back() += c;
  }
  const bool incomplete =
      std::any_of(keys.begin(), keys.end(), [](const std::string& key) { return key.empty(); });
  if (quoted || incomplete)
    throw Error({flag, 0, ""}, "a key such as workload.tsqr.rows", "\"" + path + "\"");
  return keys;
}

}  // namespace wukong::parameters
