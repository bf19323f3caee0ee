#include "bench/parameters/field_list.h"

#include <fmt/format.h>

#include <utility>

namespace wukong::bench {
namespace {

bool within(double value, Bounds bounds) { return value >= bounds.least && value <= bounds.most; }

std::string number_type(const char* what, Bounds bounds) {
  if (bounds.least == kFraction.least && bounds.most == kFraction.most)
    return fmt::format("{} from 0 to 1", what);
  const bool positive = bounds.least > 0 && bounds.least <= kPositive.least;
  const std::string least = positive ? "above 0" : fmt::format("from {:g}", bounds.least);
  if (bounds.most >= kPositive.most)
    return fmt::format("{} {}{}", what, least, positive ? "" : " on");
  return fmt::format("{} {} to {:g}", what, least, bounds.most);
}

}  // namespace

void FieldList::add(std::string_view key, std::string type, ParameterValue fallback,
                    bool required) {
  std::string path;
  for (const std::string& outer : path_) path = join_path(path, outer);
  const bool absent = std::exchange(absent_, false);
  if (absent || required) fallback = None{};
  fields_.push_back({join_path(path, key), std::move(type), unit_of_key(key), std::move(fallback),
                     required && !absent, std::exchange(meaning_, "")});
}

void FieldList::field(std::string_view key, bool& value) {
  add(key, "true or false", value, false);
}

void FieldList::field(std::string_view key, int64_t& value, Bounds bounds) {
  add(key, number_type("a whole number", bounds), value,
      !within(static_cast<double>(value), bounds));
}

void FieldList::field(std::string_view key, double& value, Bounds bounds) {
  add(key, number_type("a number", bounds), value, !within(value, bounds));
}

void FieldList::field(std::string_view key, std::string& value) {
  add(key, "a text", value, value.empty());
}

void FieldList::file(std::string_view key, InputFile& file) {
  add(key, "a file", file.path, file.path.empty());
}

void FieldList::choice(std::string_view key, int& value, std::span<const std::string_view> names) {
  add(key, fmt::format("one of {}", fmt::join(names, ", ")),
      std::string(names[static_cast<size_t>(value)]), false);
}

void FieldList::numbers(std::string_view key, std::vector<double>& values, Bounds bounds) {
  add(key, "a list, each " + number_type("a number", bounds), values, values.empty());
}

// Its value is visited whether it is there or not, for its type.
bool FieldList::present(std::string_view, bool currently) {
  absent_ = !currently;
  return true;
}

void FieldList::begin(std::string_view key) {
  absent_ = false;
  path_.emplace_back(key);
}

void FieldList::end() { path_.pop_back(); }

}  // namespace wukong::bench
