// The parameters of a workload that are tables of the user's own items, such as the tasks of a DAG:
// a line an item where parameters are shown, with what was written, and where.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/parameters/effective_parameter.h"
#include "bench/parameters/parameter_tree.h"

namespace wukong::experiment {

using EffectiveParameters = std::vector<parameters::EffectiveParameter>;

// Parameters that are deeper than `level` keys of a table's name and an item's become one an item:
// workload.dag.tasks.b = "{after: [a], ms: 20}".
EffectiveParameters by_item(EffectiveParameters parameters, size_t level);

// All of them as one that names the file in which they are.
parameters::EffectiveParameter as_file(const EffectiveParameters& items,
                                       std::vector<std::string> path,
                                       const parameters::ParameterTree& written,
                                       const std::string& file);

// Where the parameter `key` was written, or else what is nearest to it: another one of its item.
// Null: none of that item was.
const parameters::Origin* written_near(const EffectiveParameters& parameters, std::string key);

// The map that a YAML file holds, which `written` names: beside the file that names it, or else in
// the current folder.
parameters::ParameterTree read_map_file(const parameters::ParameterTree& written,
                                        const std::string& key);

}  // namespace wukong::experiment
