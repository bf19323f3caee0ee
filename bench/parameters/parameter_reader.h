// Fills structs of parameters from a ParameterTree, strictly: a missing key, a value of the wrong
// type or out of its bounds, and a key that nobody asked for are Errors with the place where the
// value was written. Records every value that it handed out, for --explain and the result document.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/parameters/effective_parameter.h"
#include "bench/parameters/parameter_tree.h"
#include "sim/base/fields.h"

namespace wukong::parameters {

// What to do about a key that is not there.
enum class MissingKey {
  is_error,
  // The struct's own value stays, and is recorded as the default. A number that is out of its
  // bounds, or an empty text, is no default: then it is an error too.
  keeps_default,
};

class ParameterReader final : public FieldVisitor {
 public:
  // `path` is where `tree` stands in the whole, for messages. The tree must outlive the reader.
  ParameterReader(const ParameterTree& tree, std::vector<std::string> path,
                  MissingKey missing_key = MissingKey::is_error);

  // Files are too large to be read as a whole: only what tells their contents apart is taken now,
  // and whoever uses the parameter reads the file.
  void digest_files_by(std::string (*digest)(const std::string& path)) { digest_ = digest; }

  // Reads all of `parameters` and checks that nothing of the tree is left over.
  template <class Struct>
  void read(Struct& parameters) {
    parameters.visit(*this);
    finish();
  }
  // Throws Error if a key is there but was not asked for, or if any are missing: for all of them.
  void finish();
  const std::vector<EffectiveParameter>& read_parameters() const { return read_; }

  // A path that a file gives is looked for beside that file first, then in the current folder; one
  // that a flag gives, in the current folder.
  void take(std::string_view key, const Field& field) override;
  bool present(std::string_view key, bool currently) override;
  std::vector<std::string> keys(std::string_view key) override;
  void begin(std::string_view key) override;
  void end() override;

 private:
  // A map that is being read.
  struct Level {
    explicit Level(const ParameterTree* map);
    const ParameterTree* tree;       // nullptr: the map itself is missing
    std::vector<std::string> known;  // the keys that were asked for, in that order
    std::set<std::string, std::less<>> known_keys;
    std::map<std::string_view, const ParameterTree*> values;  // of the map
  };
  // A key that is not there, and the nearest map that is.
  struct Missing {
    const ParameterTree* map;
    std::string path;
  };

  void read_field(std::string_view key, FlagField field);
  void read_field(std::string_view key, IntegerField field);
  void read_field(std::string_view key, NumberField field);
  void read_field(std::string_view key, TextField field);
  void read_field(std::string_view key, FileField field);
  void read_field(std::string_view key, ChoiceField field);
  void read_field(std::string_view key, NumbersField field);
  void read_field(std::string_view key, TextsField field);

  // What stands at the key, which is known from then on; null if nothing does.
  const ParameterTree* find(std::string_view key);
  void finish_level() const;
  const ParameterTree& nearest_map() const;
  void record(std::string_view key, const ParameterTree& tree, ParameterValue value);
  void record_missing(std::string_view key, bool has_default, ParameterValue value);
  double number(std::string_view key, const ParameterTree& tree, Bounds bounds) const;
  std::string path_of(std::string_view key) const;
  [[noreturn]] void fail(std::string_view key, const ParameterTree& tree,
                         const std::string& expected) const;

  MissingKey missing_key_;
  std::string (*digest_)(const std::string& path) = nullptr;  // null: files are read
  std::vector<std::string> path_;
  std::vector<Level> levels_;
  std::vector<Missing> missing_;
  std::vector<EffectiveParameter> read_;
};

}  // namespace wukong::parameters
