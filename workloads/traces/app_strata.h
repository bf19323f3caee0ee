// Which applications of a trace stand for all of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workloads/traces/function_table.h"

namespace wukong::traces {

// By id, not zero: a function of a chosen application. Those that are invoked are ordered by how
// often, cut into `apps` strata of equal size (but for one), and one of each is drawn. Throws Error
// at `key` if there are fewer. REQUIRES: apps > 0.
std::vector<char> functions_of_sampled_apps(const FunctionTable& table, int64_t apps, uint64_t seed,
                                            const std::string& key);

}  // namespace wukong::traces
