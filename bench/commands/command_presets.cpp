#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "bench/commands/command.h"
#include "bench/parameters/explain.h"
#include "bench/parameters/preset_library.h"

namespace wukong::commands {

void add_presets_command(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "presets", "Lists the presets, or prints one with unit and source of each value");
  command->footer(
      "Examples:\n"
      "  wukong presets\n"
      "  wukong presets aws-2020\n"
      "  wukong presets system/wukong");
  const auto name = std::make_shared<std::string>();
  command->add_option("NAME", *name, "A preset, e.g. aws-2020 or store/redis-75");
  command->callback([name, &action] {
    action = [name] {
      const parameters::PresetLibrary presets(parameters::embedded_presets());
      const size_t width = text::output_width();
      print(name->empty() ? parameters::list_presets(presets, width)
                          : parameters::show_preset(presets, *name, width));
      return kSuccess;
    };
  });
}

}  // namespace wukong::commands
