// The fields of a struct of parameters as JSON Schema, from the same visit that reads them: types,
// bounds, choices, meanings, and no key but those.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/fields.h"

namespace wukong::schema {

struct SchemaForm {
  // A list or a range in the place of a value is an axis of a sweep.
  bool axes = false;
  // A field whose default is none must be given; otherwise any may be left out, as what is laid
  // over a preset leaves out most.
  bool require = false;
};

// A value as it may be written: itself, or documented, {value: V, source: TEXT}; or an axis of it.
boost::json::value written_as(boost::json::object value, const SchemaForm& form);
// Any of these.
boost::json::object any_of(std::vector<boost::json::value> forms);
boost::json::object none_value();
boost::json::object text_value();
boost::json::object one_of_names(const std::vector<std::string>& names);

class SchemaFields final : public FieldVisitor {
 public:
  explicit SchemaFields(const SchemaForm& form) : form_(form) { levels_.emplace_back(); }

  // Of the struct that was visited.
  boost::json::object schema() const;

  void describe(std::string_view meaning) override { meaning_ = meaning; }
  void take(std::string_view key, const Field& field) override;
  bool present(std::string_view key, bool currently) override;
  std::vector<std::string> keys(std::string_view key) override;
  void begin(std::string_view key) override;
  void end() override;

 private:
  struct Level {
    std::string key;
    std::string meaning;
    bool may_be_absent = false;
    bool is_table = false;
    boost::json::object properties;
    std::vector<std::string> required;
  };

  void add(std::string_view key, boost::json::object value, bool has_default);
  boost::json::object schema_of(const Level& level) const;

  SchemaForm form_;
  std::vector<Level> levels_;
  std::string meaning_;
  std::string table_;  // the map that begins next is one of the user's names
  bool may_be_absent_ = false;
};

template <class Struct>
boost::json::object schema_of(Struct& parameters, const SchemaForm& form) {
  SchemaFields fields(form);
  parameters.visit(fields);
  return fields.schema();
}

}  // namespace wukong::schema
