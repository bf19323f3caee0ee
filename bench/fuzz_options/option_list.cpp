#include "bench/fuzz_options/option_list.h"

#include <utility>
#include <variant>

#include "bench/parameters/parameter_tree.h"

namespace wukong::fuzz_options {

void OptionList::take(std::string_view key, const Field& field) {
  std::visit([&](const auto& its_kind) { list(key, its_kind); }, field);
}

Option& OptionList::add(std::string_view key, OptionKind kind) {
  Option option;
  std::string outer;
  for (size_t level = 0; level < path_.size(); ++level) {
    const bool is_entry = level > 0 && path_[level - 1].is_table;
    outer = parameters::join_path(outer, path_[level].name);
    option.shape += (is_entry ? "*" : path_[level].name) + ".";
    if (is_entry) option.names.push_back(path_[level].name);
  }
  option.key = parameters::join_path(outer, key);
  option.shape += key;
  option.kind = kind;
  option.may_be_absent = std::exchange(may_be_absent_, false);
  options_.push_back(std::move(option));
  return options_.back();
}

void OptionList::list(std::string_view key, FlagField field) {
  add(key, OptionKind::flag).value = field.value ? 1 : 0;
}

void OptionList::list(std::string_view key, IntegerField field) {
  Option& option = add(key, OptionKind::integer);
  option.bounds = field.bounds;
  option.value = static_cast<double>(field.value);
}

void OptionList::list(std::string_view key, NumberField field) {
  Option& option = add(key, OptionKind::number);
  option.bounds = field.bounds;
  option.value = field.value;
}

void OptionList::list(std::string_view key, TextField field) {
  add(key, OptionKind::text).text = field.value;
}

void OptionList::list(std::string_view key, ChoiceField field) {
  Option& option = add(key, OptionKind::text);
  option.text = field.names[static_cast<size_t>(field.index)];
  option.texts.assign(field.names.begin(), field.names.end());
}

void OptionList::list(std::string_view key, NumbersField field) {
  Option& option = add(key, OptionKind::numbers);
  option.bounds = field.bounds;
  option.values = field.values;
}

// Its value is visited whether it is there or not.
bool OptionList::present(std::string_view, bool) {
  may_be_absent_ = true;
  return true;
}

std::vector<std::string> OptionList::keys(std::string_view key) {
  table_ = key;
  return {};
}

void OptionList::begin(std::string_view key) {
  may_be_absent_ = false;
  const bool is_table = std::exchange(table_, "") == key;
  path_.push_back({std::string(key), is_table});
}

void OptionList::end() { path_.pop_back(); }

}  // namespace wukong::fuzz_options
