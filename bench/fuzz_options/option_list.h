// The options of a struct of parameters, listed from the same visit that reads them: what each may
// be, and what it is at present. So whoever draws options draws a new one as soon as it is read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/base/fields.h"

namespace wukong::fuzz_options {

enum class OptionKind { flag, integer, number, text, numbers };

struct Option {
  std::string key;    // as in an experiment: dotted, a name with a dot in quotes
  std::string shape;  // the key with * for the names of a table: what coverage counts
  OptionKind kind = OptionKind::text;
  bool may_be_absent = false;
  Bounds bounds{0, 0};         // of a number, in the key's unit
  double value = 0;            // of a number, at present
  std::vector<double> values;  // of a list of numbers
  std::string text;            // of a text or a choice
  std::vector<std::string> texts;
  std::vector<std::string> names;  // of the tables' entries that it belongs to
};

class OptionList final : public FieldVisitor {
 public:
  std::vector<Option>& options() { return options_; }

  void take(std::string_view key, const Field& field) override;
  bool present(std::string_view key, bool currently) override;
  std::vector<std::string> keys(std::string_view key) override;
  void begin(std::string_view key) override;
  void end() override;

 private:
  struct Level {
    std::string name;
    bool is_table;  // what begins in it is an entry
  };

  Option& add(std::string_view key, OptionKind kind);
  void list(std::string_view key, FlagField field);
  void list(std::string_view key, IntegerField field);
  void list(std::string_view key, NumberField field);
  void list(std::string_view key, TextField field);
  void list(std::string_view, FileField) {}  // which file there is, nobody can guess
  void list(std::string_view key, ChoiceField field);
  void list(std::string_view key, NumbersField field);
  void list(std::string_view, TextsField) {}  // nor which names

  std::vector<Option> options_;
  std::vector<Level> path_;
  std::string table_;  // the map that begins next
  bool may_be_absent_ = false;
};

template <class Struct>
std::vector<Option> options_of(Struct& parameters) {
  OptionList list;
  parameters.visit(list);
  return list.options();
}

}  // namespace wukong::fuzz_options
