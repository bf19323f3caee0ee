// `--set a.b.c=value`: changes an experiment as it was written, before presets are looked up.
//
// The value is YAML: a scalar, a list or a map. A path may lead into `platform: aws-2020`, which
// then becomes `{preset: aws-2020}` with that override, and into the list of systems by a system's
// name: `--set systems.numpywren.workers=256`.
#pragma once

#include <span>
#include <string>

#include "bench/parameters/parameter_tree.h"

namespace wukong::parameters {

// `setting` is the text after --set. Throws Error that names the flag.
void apply_setting(ParameterTree& experiment, const std::string& setting);
// All of them. Throws Error if one key is given two values: neither is dropped silently.
void apply_settings(ParameterTree& experiment, std::span<const std::string> settings);
void check_given_once(std::span<const std::string> settings);
// The same for a value that is a tree already; `key` is dotted.
void assign_key(ParameterTree& experiment, const std::string& key, const ParameterTree& value);

// The name and the overrides of one element of `systems`: a name, or `{name: {overrides}}`.
struct SystemEntry {
  std::string preset;
  ParameterTree overrides;
  Origin origin;
  // What results call it: the override `name`, else the preset's name.
  std::string label() const;
};
SystemEntry read_system_entry(const ParameterTree& item);

}  // namespace wukong::parameters
