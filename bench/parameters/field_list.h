// The parameters of a struct, listed from the same visit that reads them: keys, types, bounds,
// defaults and meanings, for whoever documents them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/parameters/effective_parameter.h"
#include "sim/base/fields.h"

namespace wukong::parameters {

struct FieldInfo {
  std::string key;   // dotted, where it is in a nested map
  std::string type;  // "a whole number from 1 to 1e9", "true or false", "one of v, s"
  std::string unit;  // of the key; "" if it has none
  // What holds if the key is left out; None: nothing, which `required` tells from a parameter that
  // may be absent.
  ParameterValue fallback;
  bool required = false;
  std::string meaning;  // "" if the visit says none
};

class FieldList final : public FieldVisitor {
 public:
  const std::vector<FieldInfo>& fields() const { return fields_; }

  void describe(std::string_view meaning) override { meaning_ = meaning; }
  void take(std::string_view key, const Field& field) override;
  bool present(std::string_view key, bool currently) override;
  // A table's entries have the user's names: one stands for all.
  std::vector<std::string> keys(std::string_view) override { return {"NAME"}; }
  void begin(std::string_view key) override;
  void end() override;

 private:
  void list(std::string_view key, FlagField field);
  void list(std::string_view key, IntegerField field);
  void list(std::string_view key, NumberField field);
  void list(std::string_view key, TextField field);
  void list(std::string_view key, FileField field);
  void list(std::string_view key, ChoiceField field);
  void list(std::string_view key, NumbersField field);
  void list(std::string_view key, TextsField field);
  void add(std::string_view key, std::string type, ParameterValue fallback, bool required);

  std::vector<FieldInfo> fields_;
  std::vector<std::string> path_;
  std::string meaning_;
  bool absent_ = false;  // the next field is one that may be absent, and is
};

// With the values of `parameters` as what holds by default.
template <class Struct>
std::vector<FieldInfo> fields_of(Struct& parameters) {
  FieldList list;
  parameters.visit(list);
  return list.fields();
}

}  // namespace wukong::parameters
