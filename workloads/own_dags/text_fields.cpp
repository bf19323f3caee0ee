#include "workloads/own_dags/text_fields.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <variant>

namespace wukong::own_dags {
namespace {

std::string without_blanks(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t") + 1 - begin));
}

std::string bound_text(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e18)
    return std::to_string(static_cast<int64_t>(value));
  return std::to_string(value);
}

}  // namespace

void TextFields::fail(std::string_view key, const std::string& expected,
                      const std::string& found) const {
  throw Error(place_(key), std::string(key) + ": " + expected, "\"" + found + "\"");
}

void TextFields::take(std::string_view key, const Field& field) {
  const auto found = texts_.find(key);
  if (found == texts_.end()) return;
  std::visit([&](const auto& its_kind) { read(key, found->second, its_kind); }, field);
}

double TextFields::number(std::string_view key, const std::string& text, Bounds bounds) const {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  // Not a number is within no bounds.
  if (error != std::errc() || end != text.data() + text.size() || !bounds.contain(value))
    fail(key, "a number from " + bound_text(bounds.least) + " to " + bound_text(bounds.most), text);
  return value;
}

void TextFields::read(std::string_view key, const std::string& text, FlagField field) {
  if (text != "true" && text != "false") fail(key, "true or false", text);
  field.value = text == "true";
}

void TextFields::read(std::string_view key, const std::string& text, IntegerField field) {
  const double value = number(key, text, field.bounds);
  if (value != std::floor(value)) fail(key, "a whole number", text);
  field.value = static_cast<int64_t>(value);
}

void TextFields::read(std::string_view key, const std::string& text, NumberField field) {
  field.value = number(key, text, field.bounds);
}

void TextFields::read(std::string_view key, const std::string& text, ChoiceField field) {
  const auto found = std::find(field.names.begin(), field.names.end(), text);
  if (found == field.names.end()) {
    std::string names;
    for (const std::string_view name : field.names)
      names.append(names.empty() ? "" : ", ").append(name);
    throw Error(place_(key), std::string(key) + ": one of " + names,
                "\"" + text + "\"" + did_you_mean(text, field.names));
  }
  field.index = static_cast<int>(found - field.names.begin());
}

void TextFields::read(std::string_view key, const std::string& text, TextsField field) {
  field.values.clear();
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(';', begin), text.size());
    field.values.push_back(without_blanks(std::string_view(text).substr(begin, end - begin)));
    if (field.values.back().empty()) fail(key, "names with semicolons between them", text);
    begin = end + 1;
  }
}

}  // namespace wukong::own_dags
