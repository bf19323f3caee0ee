// `wukong completion` and `wukong man`.
#pragma once

namespace wukong::command_line {
class Command;
}  // namespace wukong::command_line

namespace wukong::completion {

void add_completion_commands(command_line::Command program);

}  // namespace wukong::completion
