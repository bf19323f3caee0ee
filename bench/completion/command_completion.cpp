#include "bench/completion/command_completion.h"

#include <memory>
#include <string>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/completion/shell_words.h"
#include "bench/experiment/catalog.h"
#include "bench/files/text_file.h"
#include "bench/parameters/preset_library.h"
#include "bench/text/version.h"
#include "workloads/catalog/workload.h"

namespace wukong::completion {
namespace {

ArgumentWords argument_words() {
  ArgumentWords words;
  for (const parameters::Preset& preset : parameters::embedded_presets())
    words["wukong presets NAME"].emplace_back(preset.name);
  for (const workloads::Workload& workload : experiment::program_catalog().workloads)
    words["wukong workloads NAME"].emplace_back(workload.key);
  return words;
}

}  // namespace

void add_completion_commands(command_line::Command program) {
  command_line::Command completion = program.add_command(
      "completion", "Prints what makes a shell complete the command line of this program");
  completion.footer(
      "Examples:\n"
      "  source <(wukong completion bash)\n"
      "  source <(wukong completion zsh)\n"
      "  wukong completion fish > ~/.config/fish/completions/wukong.fish");
  const auto shell = std::make_shared<std::string>();
  completion.value("SHELL", *shell, "Which shell").required().one_of({"bash", "zsh", "fish"});
  completion.does([shell, program] {
    const command_line::CommandInfo info = program.describe_program();
    const ArgumentWords words = argument_words();
    files::write_text_file("-", *shell == "bash"  ? bash_text(info, words)
                                : *shell == "zsh" ? zsh_text(info, words)
                                                  : fish_text(info, words));
    return commands::kSuccess;
  });
  command_line::Command man = program.add_command("man", "Prints this program's manual page");
  man.footer(
      "Examples:\n"
      "  wukong man > wukong.1\n"
      "  wukong man | man -l -");
  man.does([program] {
    files::write_text_file(
        "-", man_text(program.describe_program(), std::string(text::program_version())));
    return commands::kSuccess;
  });
}

}  // namespace wukong::completion
