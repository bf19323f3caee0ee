#include <memory>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/result/metric_list.h"

namespace wukong::commands {

void add_metrics_command(command_line::Command program) {
  command_line::Command command = program.add_command(
      "metrics", "Lists the quantities of a run: name, unit, which is better, what it is");
  command.footer(
      "Examples:\n"
      "  wukong metrics\n"
      "  wukong metrics --json");
  const auto json = std::make_shared<bool>(false);
  command.given("--json", *json, "As JSON, on the standard output");
  command.does([json] {
    print(*json ? result::metrics_json() : result::list_metrics(text::output_width()));
    return kSuccess;
  });
}

}  // namespace wukong::commands
