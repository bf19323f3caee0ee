#include "bench/commands/exit_code.h"

#include "bench/run/run_result.h"

namespace wukong::commands {

ExitCode exit_code_of(std::span<const run::RunResult> results) {
  ExitCode code = kSuccess;
  for (const run::RunResult& run : results) {
    if (run.deadlocked) return kDeadlock;
    if (!run.completed) code = kRunFailed;
  }
  return code;
}

ExitCode exit_code_of_signal(int signal) {
  constexpr int kBeyondCodes = 128;
  return static_cast<ExitCode>(kBeyondCodes + signal);
}

}  // namespace wukong::commands
