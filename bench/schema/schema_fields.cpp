#include "bench/schema/schema_fields.h"

#include <boost/json.hpp>
#include <cmath>
#include <utility>
#include <variant>

#include "sim/base/check.h"

namespace wukong::schema {
namespace {

namespace json = boost::json;

// Whole numbers without a point, as people write them.
json::value bound(double value) {
  constexpr double kExact = 9007199254740992;  // 2^53
  if (value == std::floor(value) && std::abs(value) <= kExact) return static_cast<int64_t>(value);
  return value;
}

json::object number(const char* type, Bounds bounds) {
  return {{"type", type}, {"minimum", bound(bounds.least)}, {"maximum", bound(bounds.most)}};
}

// What a field's value may be, and whether its present value is a default.
struct FieldForm {
  json::object value;
  bool has_default = true;
};

FieldForm form_of(FlagField) { return {{{"type", "boolean"}}}; }
FieldForm form_of(IntegerField field) {
  return {number("integer", field.bounds), field.bounds.contain(static_cast<double>(field.value))};
}
FieldForm form_of(NumberField field) {
  return {number("number", field.bounds), field.bounds.contain(field.value)};
}
FieldForm form_of(TextField field) { return {text_value(), !field.value.empty()}; }
FieldForm form_of(FileField field) { return {{{"type", "string"}}, !field.file.path.empty()}; }
FieldForm form_of(ChoiceField field) {
  return {one_of_names({field.names.begin(), field.names.end()})};
}
FieldForm form_of(NumbersField field) {
  return {{{"type", "array"}, {"items", number("number", field.bounds)}}, !field.values.empty()};
}
FieldForm form_of(TextsField) {
  return {any_of({text_value(), json::object{{"type", "array"}, {"items", text_value()}}})};
}

}  // namespace

json::object none_value() { return {{"enum", json::array{nullptr, "none", "~"}}}; }

// A number is a text where one is wanted.
json::object text_value() { return {{"type", json::array{"string", "number", "boolean"}}}; }

json::object one_of_names(const std::vector<std::string>& names) {
  return {{"enum", json::array(names.begin(), names.end())}};
}

json::object any_of(std::vector<json::value> forms) {
  return {{"anyOf", json::array(forms.begin(), forms.end())}};
}

json::value written_as(json::object value, const SchemaForm& form) {
  std::vector<json::value> forms{value};
  forms.emplace_back(json::object{
      {"type", "object"},
      {"properties", json::object{{"value", value}, {"source", json::object{{"type", "string"}}}}},
      {"required", json::array{"value"}},
      {"additionalProperties", false}});
  if (form.axes) {
    forms.emplace_back(json::object{{"type", "array"}, {"items", any_of({value, none_value()})}});
    forms.emplace_back(json::object{{"$ref", "#/$defs/range"}});
  }
  return any_of(std::move(forms));
}

void SchemaFields::add(std::string_view key, json::object value, bool has_default) {
  const bool may_be_absent = std::exchange(may_be_absent_, false);
  if (form_.require && !has_default && !may_be_absent) levels_.back().required.emplace_back(key);
  if (may_be_absent) value = any_of({std::move(value), none_value()});
  json::object property = written_as(std::move(value), form_).as_object();
  if (!meaning_.empty()) property["description"] = std::exchange(meaning_, "");
  levels_.back().properties[key] = std::move(property);
}

void SchemaFields::take(std::string_view key, const Field& field) {
  FieldForm form = std::visit([](const auto& its_kind) { return form_of(its_kind); }, field);
  add(key, std::move(form.value), form.has_default);
}

// Its value is visited whether it is there or not.
bool SchemaFields::present(std::string_view, bool) {
  may_be_absent_ = true;
  return true;
}

// One entry stands for all.
std::vector<std::string> SchemaFields::keys(std::string_view key) {
  table_ = key;
  return {"NAME"};
}

void SchemaFields::begin(std::string_view key) {
  Level level;
  level.key = key;
  level.meaning = std::exchange(meaning_, "");
  level.may_be_absent = std::exchange(may_be_absent_, false);
  level.is_table = !table_.empty() && table_ == key;
  table_.clear();
  levels_.push_back(std::move(level));
}

// A source among other keys documents them.
json::object SchemaFields::schema_of(const Level& level) const {
  json::object schema{{"type", "object"}};
  if (level.is_table) {
    ENSURE(level.properties.size() <= 1, level.key);
    if (!level.properties.empty())
      schema["additionalProperties"] = level.properties.begin()->value();
    return schema;
  }
  json::object properties = level.properties;
  if (!properties.contains("source")) properties["source"] = json::object{{"type", "string"}};
  schema["properties"] = std::move(properties);
  if (!level.required.empty())
    schema["required"] = json::array(level.required.begin(), level.required.end());
  schema["additionalProperties"] = false;
  return schema;
}

void SchemaFields::end() {
  ENSURE(levels_.size() > 1);
  const Level level = std::move(levels_.back());
  levels_.pop_back();
  json::object schema = schema_of(level);
  std::vector<json::value> forms{schema};
  if (level.may_be_absent) forms.emplace_back(none_value());
  if (form_.axes && !levels_.back().is_table)
    forms.emplace_back(json::object{{"type", "array"}});  // of what, the reader says
  if (forms.size() > 1) schema = any_of(std::move(forms));
  if (!level.meaning.empty()) schema["description"] = level.meaning;
  levels_.back().properties[level.key] = std::move(schema);
}

json::object SchemaFields::schema() const {
  ENSURE(levels_.size() == 1, levels_.size());
  return schema_of(levels_.front());
}

}  // namespace wukong::schema
