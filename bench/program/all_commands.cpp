#include "bench/program/all_commands.h"

#include "bench/check/command_check.h"
#include "bench/commands/command.h"
#include "bench/completion/command_completion.h"
#include "bench/exports/command_results.h"
#include "bench/fidelity_commands/command_calibrate.h"
#include "bench/fidelity_commands/command_reproduce.h"
#include "bench/fuzz/command_fuzz.h"
#include "bench/schema/command_schema.h"
#include "bench/sweep_runner/command_sweep.h"

namespace wukong::program {

// In the order of --help.
void add_all_commands(command_line::Command root) {
  root.require_command();
  commands::add_run_command(root);
  commands::add_emulate_command(root);
  commands::add_validate_command(root);
  commands::add_compare_command(root);
  commands::add_explain_time_command(root);
  sweep_runner::add_sweep_command(root, sweep_runner::run_sweep);
  exports::add_results_command(root);
  check::add_check_command(root);
  commands::add_dag_command(root);
  commands::add_presets_command(root);
  commands::add_workloads_command(root);
  commands::add_metrics_command(root);
  schema::add_schema_command(root);
  completion::add_completion_commands(root);
  fidelity_commands::add_reproduce_command(root);
  fidelity_commands::add_calibrate_command(root);
  fuzz::add_fuzz_command(root);
}

}  // namespace wukong::program
