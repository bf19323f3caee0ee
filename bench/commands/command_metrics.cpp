#include <CLI/CLI.hpp>
#include <memory>

#include "bench/commands/command.h"
#include "bench/result/metric_list.h"

namespace wukong::commands {

void add_metrics_command(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "metrics", "Lists the quantities of a run: name, unit, which is better, what it is");
  command->footer(
      "Examples:\n"
      "  wukong metrics\n"
      "  wukong metrics --json");
  const auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "As JSON, on the standard output");
  command->callback([json, &action] {
    action = [json] {
      print(*json ? result::metrics_json() : result::list_metrics(text::output_width()));
      return kSuccess;
    };
  });
}

}  // namespace wukong::commands
