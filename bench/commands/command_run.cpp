#include <memory>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/commands/experiment_command.h"
#include "bench/report/report.h"
#include "bench/text/output_width.h"
#include "bench/time_report/time_report.h"

namespace wukong::commands {

void add_run_command(command_line::Command program) {
  command_line::Command command =
      program.add_command("run", "Runs an experiment: one report per system");
  command.footer(
      "Examples:\n"
      "  wukong run configs/quickstart.yaml\n"
      "  wukong run configs/quickstart.yaml --set systems='[wukong]' --set replicates=1\n"
      "  wukong run configs/quickstart.yaml --json - \\\n"
      "    --set platform.functions.memory_mb=1536\n"
      "  wukong run configs/quickstart.yaml --trace run.json --trace-system numpywren\n"
      "  wukong run configs/quickstart.yaml --explain");
  const auto flags = std::make_shared<ExperimentFlags>();
  add_experiment_flags(command, *flags, {.explain_time = true});
  command.does([flags] {
    return run_experiment_command(*flags, [&](const auto& experiment, const auto& results) {
      std::string text = report::report_runs(experiment, results, text::output_width());
      if (flags->explain_time)
        text += "\n" + time_report::report_time(experiment, results, text::output_width());
      return text;
    });
  });
}

}  // namespace wukong::commands
