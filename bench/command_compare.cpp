#include <CLI/CLI.hpp>
#include <memory>

#include "bench/command.h"
#include "bench/experiment_command.h"
#include "bench/report.h"

namespace wukong::bench {

void add_compare_command(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "compare", "Runs an experiment: systems side by side, with their ratios to the first");
  command->footer(
      "Examples:\n"
      "  wukong compare configs/quickstart.yaml\n"
      "  wukong compare configs/quickstart.yaml --set workload='{tree_reduction: {elements: "
      "1024}}'\n"
      "  wukong compare configs/quickstart.yaml --set systems.numpywren.workers=256\n"
      "  wukong compare configs/quickstart.yaml \\\n"
      "    --set systems='[wukong, {wukong: {name: one-redis, store: redis-1}}]'");
  const auto flags = std::make_shared<ExperimentFlags>();
  add_experiment_flags(*command, *flags);
  command->callback([flags, &action] {
    action = [flags] { return run_experiment_command(*flags, report_comparison); };
  });
}

}  // namespace wukong::bench
