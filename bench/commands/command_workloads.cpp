#include <memory>
#include <string>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/experiment/workload_list.h"
#include "bench/files/text_file.h"

namespace wukong::commands {
namespace {

struct WorkloadsFlags {
  std::string name;
  std::string json;  // where the document goes; empty: nowhere
};

ExitCode show(const WorkloadsFlags& flags) {
  const auto known = workloads::workloads();
  if (!flags.json.empty())
    files::write_text_file(flags.json, experiment::workloads_json(known, flags.name));
  else
    print(flags.name.empty() ? experiment::list_workloads(known)
                             : experiment::show_workload(known, flags.name));
  return kSuccess;
}

}  // namespace

void add_workloads_command(command_line::Command program) {
  command_line::Command command = program.add_command(
      "workloads", "Lists the workloads, or prints one with its parameters and an example");
  command.footer(
      "Examples:\n"
      "  wukong workloads\n"
      "  wukong workloads sketch\n"
      "  wukong workloads tsqr --json -");
  const auto flags = std::make_shared<WorkloadsFlags>();
  command.value("NAME", flags->name, "A workload, e.g. tsqr (default: all of them)");
  command.value("--json", flags->json, "Writes them to this file instead (-: stdout)");
  command.does([flags] { return show(*flags); });
}

}  // namespace wukong::commands
