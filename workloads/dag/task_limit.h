// How large a DAG a generator makes. More is a slip of the pen (a block of 1, say), which is better
// said than tried. Counts are doubles, because a product of bad parameters exceeds an integer.
#pragma once

#include <cstdint>
#include <string_view>

namespace wukong::dag {

constexpr double kMostTasks = 10'000'000;
constexpr double kMostInputs = 100'000'000;  // of all tasks together

// Throws Error that names the parameter `key` (e.g. "workload.lu.block") if there would be more
// than `most` of `what`.
void check_count(std::string_view key, double count, double most, std::string_view what);

inline void check_task_count(std::string_view key, double tasks) {
  check_count(key, tasks, kMostTasks, "tasks");
}

}  // namespace wukong::dag
