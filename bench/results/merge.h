// Puts results files together: the shards of a sweep, or studies of several. What two files have
// both must be the same; if it is not, the program was not deterministic, and that is an Error.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wukong::results {

struct MergeCount {
  int64_t runs = 0;  // that were new
  int64_t cells = 0;
};

// Into `target`, which may exist. The sources stay as they are.
MergeCount merge_results(const std::string& target, const std::vector<std::string>& sources);

}  // namespace wukong::results
