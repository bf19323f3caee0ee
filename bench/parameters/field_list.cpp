#include "bench/parameters/field_list.h"

#include <fmt/format.h>

#include <utility>

namespace wukong::parameters {
namespace {

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

void FieldList::take(std::string_view key, const Field& field) {
  std::visit([&](const auto& its_kind) { list(key, its_kind); }, field);
}

void FieldList::list(std::string_view key, FlagField field) {
  add(key, "true or false", field.value, false);
}

void FieldList::list(std::string_view key, IntegerField field) {
  add(key, number_type("a whole number", field.bounds), field.value,
      !field.bounds.contain(static_cast<double>(field.value)));
}

void FieldList::list(std::string_view key, NumberField field) {
  add(key, number_type("a number", field.bounds), field.value, !field.bounds.contain(field.value));
}

void FieldList::list(std::string_view key, TextField field) {
  add(key, "a text", field.value, field.value.empty());
}

void FieldList::list(std::string_view key, FileField field) {
  add(key, "a file", field.file.path, field.file.path.empty());
}

void FieldList::list(std::string_view key, ChoiceField field) {
  add(key, fmt::format("one of {}", fmt::join(field.names, ", ")),
      std::string(field.names[static_cast<size_t>(field.index)]), false);
}

void FieldList::list(std::string_view key, NumbersField field) {
  add(key, "a list, each " + number_type("a number", field.bounds), field.values,
      field.values.empty());
}

void FieldList::list(std::string_view key, TextsField) {
  add(key, "a text, or a list of texts", None{}, false);
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

}  // namespace wukong::parameters
