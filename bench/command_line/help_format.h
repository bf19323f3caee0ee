// How --help looks: CLI11's parts in lines that fit, broken between words only.
#pragma once

#include <cstddef>

namespace CLI {
class App;
}

namespace wukong::command_line {

// For the program and the subcommands that are added to it later.
void fit_help(CLI::App& program, size_t width);

}  // namespace wukong::command_line
