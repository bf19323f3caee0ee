#include "bench/run/run_result.h"

#include <algorithm>

namespace wukong::run {

std::vector<std::string> warnings_of(std::span<const RunResult> results) {
  std::vector<std::string> warnings;
  for (const RunResult& result : results)
    for (const std::string& warning : result.warnings)
      if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end())
        warnings.push_back(warning);
  return warnings;
}

}  // namespace wukong::run
