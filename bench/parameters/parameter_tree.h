// Parameters as they are written: an ordered tree whose every value knows its text, where it came
// from, and what documents it. Presets, experiment files and flags are trees; merging them gives
// the parameters of a run. A plain value type; it reads no file (see parameter_yaml.h) and gives
// the texts no meaning (see parameter_reader.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/base/error.h"

namespace wukong::parameters {

// Where a value was written.
struct Origin {
  enum class Kind { program, preset, file, flag };
  Kind kind = Kind::program;  // program: the default of a key that may be left out
  std::string name;           // the preset as folder/name, the file's path, the flag with its text
  int line = 0;               // 1-based; 0: unknown

  // For people: "default", "preset store/redis-75", "quickstart.yaml:3", "--seed 7".
  std::string describe() const;
  ErrorPlace place(std::string key) const;
};

struct ParameterEntry;

struct ParameterTree {
  enum class Kind { scalar, list, map };
  Kind kind = Kind::map;
  std::string text;                     // scalar
  bool quoted = false;                  // scalar: always a text, never a number or none
  std::vector<ParameterTree> items;     // list
  std::vector<ParameterEntry> entries;  // map, in the order of the file
  Origin origin;
  std::string source;  // the value's documentation: a paper, a measurement, a price page

  static ParameterTree make_scalar(std::string text, Origin origin);
  static ParameterTree make_map(Origin origin);

  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }
  // Nothing was given: `none`, `~`, `null` or no text at all.
  bool is_none() const;

  // The value of a map's key, or nullptr.
  const ParameterTree* find(std::string_view key) const;
  ParameterTree* find(std::string_view key);
  // Adds the key or replaces its value.
  ParameterTree& put(std::string key, ParameterTree value);
  void remove(std::string_view key);
  std::vector<std::string> keys() const;

  // What is there, for the "found" of an error: `"abc"`, "nothing", "a list", "a map".
  std::string describe() const;
};

struct ParameterEntry {
  std::string key;
  ParameterTree value;
};

// Lays `over` on `base`: maps merge, key by key; any other value replaces what was there, and its
// documentation with it. A map laid on a scalar refines the preset that the scalar names; a map
// that names a preset of its own replaces what was there.
void merge(ParameterTree& base, const ParameterTree& over);

// `scalar` becomes `{preset: scalar}`, the long form of naming a preset.
void expand_preset(ParameterTree& tree);

// "a" + "b" = "a.b"; a key that has a dot itself is quoted, as on the command line.
std::string join_path(std::string_view path, std::string_view key);
// The keys of a path: platform.machines."c5.4xlarge".vcpus. Throws Error naming `flag`.
std::vector<std::string> split_path(const std::string& path, const std::string& flag);

}  // namespace wukong::parameters
