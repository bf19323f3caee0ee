#include "bench/parameters/parameter_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <optional>

#include "bench/files/input_file.h"
#include "bench/text/digest.h"
#include "sim/base/check.h"

namespace wukong::parameters {
namespace {

constexpr size_t kMostListed = 30;  // of missing keys

std::string in_words(const Bounds& bounds) {
  if (bounds.least == kFraction.least && bounds.most == kFraction.most) return "between 0 and 1";
  std::string text;
  if (bounds.least > 0 && bounds.least <= kPositive.least)
    text = "above 0";
  else
    text = fmt::format("of at least {}", bounds.least);
  if (bounds.most >= kPositive.most) return text;
  text += fmt::format(" and at most {}", bounds.most);
  return bounds.because.empty() ? text : fmt::format("{} ({})", text, bounds.because);
}

std::optional<double> parse_number(const ParameterTree& tree) {
  if (!tree.is_scalar() || tree.quoted) return std::nullopt;
  const char* end = tree.text.data() + tree.text.size();
  const char* begin = tree.text.data();
  if (begin != end && *begin == '+') ++begin;
  double value = 0;
  const auto [stop, error] = std::from_chars(begin, end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

// Above 2^53 a double has no place for the last digits of an integer: 2^53 + 1 would become 2^53.
bool was_rounded(const ParameterTree& tree) {
  int64_t exact = 0;
  const char* end = tree.text.data() + tree.text.size();
  const char* begin = tree.text.data() + (tree.text.starts_with('+') ? 1 : 0);
  const auto [stop, error] = std::from_chars(begin, end, exact);
  const std::string_view rest(stop, end);
  if (rest.starts_with('.') && rest.find_first_of("eE") == std::string_view::npos)
    return rest.find_first_not_of(".0") != std::string_view::npos;
  if (stop != end) return false;  // 1e6
  return error != std::errc() || static_cast<double>(exact) != *parse_number(tree) ||
         std::abs(exact) > int64_t{1} << 53;
}

std::string in_brackets(const std::vector<std::string>& texts) {
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

}  // namespace

ParameterReader::Level::Level(const ParameterTree* map) : tree(map) {
  if (map == nullptr) return;
  for (const ParameterEntry& entry : map->entries) values.emplace(entry.key, &entry.value);
}

ParameterReader::ParameterReader(const ParameterTree& tree, std::vector<std::string> path,
                                 MissingKey missing_key)
    : missing_key_(missing_key), path_(std::move(path)) {
  levels_.emplace_back(&tree);
  if (!tree.is_map()) throw Error(tree.origin.place(path_of("")), "a map", tree.describe());
}

// An unknown key comes before a missing one: often it is the missing one, misspelt.
void ParameterReader::finish() {
  ENSURE(levels_.size() == 1, levels_.size());
  finish_level();
  if (missing_.empty()) return;
  std::vector<std::string> others;
  for (size_t i = 1; i < missing_.size() && i <= kMostListed; ++i)
    others.push_back(missing_[i].path);
  std::string found = "nothing (the key is missing";
  if (!others.empty()) found += fmt::format("; so are {}", fmt::join(others, ", "));
  if (missing_.size() > 1 + kMostListed)
    found += fmt::format(" and {} more", missing_.size() - 1 - kMostListed);
  throw Error(missing_.front().map->origin.place(missing_.front().path), "a value", found + ")");
}

const ParameterTree* ParameterReader::find(std::string_view key) {
  Level& level = levels_.back();
  if (level.known_keys.emplace(key).second) level.known.emplace_back(key);
  const auto value = level.values.find(key);
  return value == level.values.end() ? nullptr : value->second;
}

void ParameterReader::finish_level() const {
  const Level& level = levels_.back();
  if (level.tree == nullptr) return;
  for (const ParameterEntry& entry : level.tree->entries)
    if (!level.known_keys.contains(entry.key))
      throw Error(entry.value.origin.place(path_of(entry.key)),
                  "unknown key" + did_you_mean(entry.key, level.known));
}

const ParameterTree& ParameterReader::nearest_map() const {
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
    if (level->tree != nullptr) return *level->tree;
  ENSURE(false && "the outermost map is there");
  return *levels_.front().tree;
}

void ParameterReader::record_missing(std::string_view key, bool has_default, ParameterValue value) {
  if (missing_key_ == MissingKey::is_error || !has_default) {
    // In a map that is missing itself, the map is what to report.
    const bool reported = missing_key_ == MissingKey::is_error && levels_.back().tree == nullptr;
    if (!reported) missing_.push_back({&nearest_map(), path_of(key)});
    return;
  }
  record(key, ParameterTree(), std::move(value));
}

void ParameterReader::record(std::string_view key, const ParameterTree& tree,
                             ParameterValue value) {
  std::vector<std::string> path = path_;
  path.emplace_back(key);
  read_.push_back({std::move(path), std::move(value), tree.origin, tree.source});
}

std::string ParameterReader::path_of(std::string_view key) const {
  std::string text;
  for (const std::string& name : path_) text = join_path(text, name);
  return key.empty() ? text : join_path(text, key);
}

void ParameterReader::fail(std::string_view key, const ParameterTree& tree,
                           const std::string& expected) const {
  throw Error(tree.origin.place(path_of(key)), expected, tree.describe());
}

double ParameterReader::number(std::string_view key, const ParameterTree& tree,
                               Bounds bounds) const {
  const std::optional<double> value = parse_number(tree);
  if (!value || !bounds.contain(*value)) fail(key, tree, "a number " + in_words(bounds));
  return *value;
}

void ParameterReader::take(std::string_view key, const Field& field) {
  std::visit([&](const auto& its_kind) { read_field(key, its_kind); }, field);
}

void ParameterReader::read_field(std::string_view key, FlagField field) {
  bool& value = field.value;
  const ParameterTree* tree = find(key);
  if (tree == nullptr) return record_missing(key, true, value);
  if (!tree->is_scalar() || tree->quoted || (tree->text != "true" && tree->text != "false"))
    fail(key, *tree, "true or false");
  value = tree->text == "true";
  record(key, *tree, value);
}

void ParameterReader::read_field(std::string_view key, IntegerField field) {
  auto& [value, bounds] = field;
  const ParameterTree* tree = find(key);
  if (tree == nullptr)
    return record_missing(key, bounds.contain(static_cast<double>(value)), value);
  constexpr double kExact = 9007199254740992;  // every integer up to here is a double
  const std::optional<double> number = parse_number(*tree);
  bounds.most = std::min(bounds.most, kExact);
  if (!number || *number != std::floor(*number) || !bounds.contain(*number) || was_rounded(*tree))
    fail(key, *tree, "a whole number " + in_words(bounds));
  value = static_cast<int64_t>(*number);
  record(key, *tree, value);
}

void ParameterReader::read_field(std::string_view key, NumberField field) {
  const auto& [value, bounds] = field;
  const ParameterTree* tree = find(key);
  if (tree == nullptr) return record_missing(key, bounds.contain(value), value);
  value = number(key, *tree, bounds);
  record(key, *tree, value);
}

void ParameterReader::read_field(std::string_view key, TextField field) {
  std::string& value = field.value;
  const ParameterTree* tree = find(key);
  if (tree == nullptr) return record_missing(key, !value.empty(), value);
  if (!tree->is_scalar() || tree->is_none()) fail(key, *tree, "a text");
  value = tree->text;
  record(key, *tree, value);
}

void ParameterReader::read_field(std::string_view key, FileField field) {
  InputFile& file = field.file;
  const ParameterTree* tree = find(key);
  if (tree == nullptr) return record_missing(key, false, None{});
  if (!tree->is_scalar() || tree->is_none()) fail(key, *tree, "a file");
  file.path = tree->text;
  if (tree->origin.kind == Origin::Kind::file) {
    const auto beside = std::filesystem::path(tree->origin.name).parent_path() / tree->text;
    std::error_code ignored;
    if (std::filesystem::exists(beside, ignored)) file.path = beside.string();
  }
  if (digest_ == nullptr) file.content = files::read_input_file(file.path);
  record(key, *tree, file.path);
  read_.back().content =
      digest_ == nullptr ? text::Digest().add(*file.content).text() : digest_(file.path);
}

void ParameterReader::read_field(std::string_view key, ChoiceField field) {
  const auto& [index, names] = field;
  const ParameterTree* tree = find(key);
  if (tree == nullptr)
    return record_missing(key, true, std::string(names[static_cast<size_t>(index)]));
  const auto found = std::find(names.begin(), names.end(), tree->text);
  if (!tree->is_scalar() || found == names.end()) {
    const std::string near = tree->is_scalar() ? did_you_mean(tree->text, names) : "";
    throw Error(tree->origin.place(path_of(key)), fmt::format("one of {}", fmt::join(names, ", ")),
                tree->describe() + near);
  }
  index = static_cast<int>(found - names.begin());
  record(key, *tree, tree->text);
}

void ParameterReader::read_field(std::string_view key, NumbersField field) {
  const auto& [values, bounds] = field;
  const ParameterTree* tree = find(key);
  if (tree == nullptr) return record_missing(key, !values.empty(), values);
  if (!tree->is_list()) fail(key, *tree, "a list of numbers");
  values.clear();
  for (const ParameterTree& item : tree->items) values.push_back(number(key, item, bounds));
  record(key, *tree, values);
}

void ParameterReader::read_field(std::string_view key, TextsField field) {
  std::vector<std::string>& values = field.values;
  const ParameterTree* tree = find(key);
  if (tree == nullptr) return record_missing(key, true, in_brackets(values));
  values.clear();
  const auto add = [&](const ParameterTree& item) {
    if (!item.is_scalar() || item.is_none()) fail(key, item, "a text, or a list of texts");
    values.push_back(item.text);
  };
  if (tree->is_list())
    for (const ParameterTree& item : tree->items) add(item);
  else
    add(*tree);
  record(key, *tree, in_brackets(values));
}

bool ParameterReader::present(std::string_view key, bool currently) {
  const ParameterTree* tree = find(key);
  if (tree == nullptr) {
    // A value that is present is recorded when it is read.
    if (!currently || missing_key_ == MissingKey::is_error) record_missing(key, true, None{});
    return currently;
  }
  if (tree->is_none()) record(key, *tree, None{});
  return !tree->is_none();
}

std::vector<std::string> ParameterReader::keys(std::string_view key) {
  const ParameterTree* tree = find(key);
  if (tree == nullptr) return {};
  if (!tree->is_map()) fail(key, *tree, "a map");
  return tree->keys();
}

void ParameterReader::begin(std::string_view key) {
  const ParameterTree* tree = find(key);
  if (tree != nullptr && !tree->is_map()) fail(key, *tree, "a map");
  if (tree == nullptr && missing_key_ == MissingKey::is_error) record_missing(key, false, None{});
  path_.emplace_back(key);
  levels_.emplace_back(tree);
}

void ParameterReader::end() {
  ENSURE(levels_.size() > 1);
  finish_level();
  levels_.pop_back();
  path_.pop_back();
}

}  // namespace wukong::parameters
