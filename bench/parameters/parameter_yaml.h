// YAML text to a ParameterTree. A value is a scalar, a list, a map, or documented:
// `{value: 0.1, source: "price page, 2020-06"}`. In a map of parameters, a `source` beside them
// documents each one that has no source of its own. Duplicate keys, several documents in one file,
// runaway nesting and syntax errors are Errors with file and line.
#pragma once

#include <string>

#include "bench/parameters/parameter_tree.h"

namespace wukong::parameters {

// `origin` names the file or the preset; its line is replaced by that of each value.
ParameterTree parse_yaml(const std::string& text, const Origin& origin);
ParameterTree read_yaml_file(const std::string& path);
// The value of a flag: any YAML on one line.
ParameterTree parse_flag_value(const std::string& text, const std::string& flag);

}  // namespace wukong::parameters
