#include <memory>
#include <string>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/parameters/explain.h"
#include "bench/parameters/preset_library.h"

namespace wukong::commands {

void add_presets_command(command_line::Command program) {
  command_line::Command command = program.add_command(
      "presets", "Lists the presets, or prints one with unit and source of each value");
  command.footer(
      "Examples:\n"
      "  wukong presets\n"
      "  wukong presets aws-2020\n"
      "  wukong presets system/wukong");
  const auto name = std::make_shared<std::string>();
  command.value("NAME", *name, "A preset, e.g. aws-2020 or store/redis-75");
  command.does([name] {
    const parameters::PresetLibrary presets(parameters::embedded_presets());
    const size_t width = text::output_width();
    print(name->empty() ? parameters::list_presets(presets, width)
                        : parameters::show_preset(presets, *name, width));
    return kSuccess;
  });
}

}  // namespace wukong::commands
