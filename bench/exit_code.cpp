#include "bench/exit_code.h"

namespace wukong::bench {

ExitCode exit_code_of(std::span<const RunResult> results) {
  ExitCode code = kSuccess;
  for (const RunResult& run : results) {
    if (run.deadlocked) return kDeadlock;
    if (!run.completed) code = kRunFailed;
  }
  return code;
}

}  // namespace wukong::bench
