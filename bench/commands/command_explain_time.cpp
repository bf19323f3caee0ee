#include <memory>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/commands/experiment_command.h"
#include "bench/text/output_width.h"
#include "bench/time_report/time_report.h"

namespace wukong::commands {

void add_explain_time_command(command_line::Command program) {
  command_line::Command command = program.add_command(
      "explain-time", "Says what each system's time went into: the critical path of its run");
  command.footer(
      "Runs an experiment as `wukong run` does, and follows each system's first replicate from\n"
      "its end back to its start: what was waited for, by whom, and who ended the wait. The parts\n"
      "add up to the makespan exactly. --json also has every segment of the path; --trace shows\n"
      "it on the time line.\n\n"
      "Examples:\n"
      "  wukong explain-time configs/quickstart.yaml\n"
      "  wukong explain-time configs/quickstart.yaml --trace run.json \\\n"
      "    --trace-system numpywren");
  const auto flags = std::make_shared<ExperimentFlags>();
  add_experiment_flags(command, *flags, {.replicates = false, .plot = false});
  flags->explain_time = true;
  flags->first_replicate_only = true;
  command.does([flags] {
    return run_experiment_command(*flags, [](const auto& experiment, const auto& results) {
      return time_report::report_time(experiment, results, text::output_width());
    });
  });
}

}  // namespace wukong::commands
