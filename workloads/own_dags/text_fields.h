// Fills the fields of a struct from texts by key, as columns of CSV and attributes of DOT give
// them.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/error.h"
#include "sim/base/fields.h"

namespace wukong::own_dags {

using Texts = std::map<std::string, std::string, std::less<>>;

class TextFields final : public FieldVisitor {
 public:
  TextFields(const Texts& texts, std::function<ErrorPlace(std::string_view key)> place)
      : texts_(texts), place_(std::move(place)) {}

  // Throws Error, placed, for a text that is no value of its field.
  void take(std::string_view key, const Field& field) override;
  bool present(std::string_view key, bool) override { return texts_.contains(key); }
  void begin(std::string_view) override {}
  void end() override {}
  std::vector<std::string> keys(std::string_view) override { return {}; }

 private:
  void read(std::string_view key, const std::string& text, FlagField field);
  void read(std::string_view key, const std::string& text, IntegerField field);
  void read(std::string_view key, const std::string& text, NumberField field);
  void read(std::string_view, const std::string& text, TextField field) { field.value = text; }
  void read(std::string_view, const std::string&, FileField) {}
  void read(std::string_view key, const std::string& text, ChoiceField field);
  void read(std::string_view, const std::string&, NumbersField) {}
  // With semicolons between them.
  void read(std::string_view key, const std::string& text, TextsField field);
  double number(std::string_view key, const std::string& text, Bounds bounds) const;
  [[noreturn]] void fail(std::string_view key, const std::string& expected,
                         const std::string& found) const;

  const Texts& texts_;
  std::function<ErrorPlace(std::string_view key)> place_;
};

// The keys of a struct, in the order of its visit.
class FieldKeys final : public FieldVisitor {
 public:
  std::vector<std::string> found;

  void take(std::string_view key, const Field&) override { found.emplace_back(key); }
  bool present(std::string_view, bool) override { return true; }
  void begin(std::string_view) override {}
  void end() override {}
  std::vector<std::string> keys(std::string_view) override { return {}; }
};

}  // namespace wukong::own_dags
