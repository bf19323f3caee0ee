// `wukong serve`: the AWS Lambda API in front of real code.
#pragma once

namespace wukong::command_line {
class Command;
}  // namespace wukong::command_line

namespace wukong::serve {

void add_serve_command(command_line::Command program);

}  // namespace wukong::serve
