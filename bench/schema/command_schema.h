// `wukong schema`.
#pragma once

namespace wukong::command_line {
class Command;
}  // namespace wukong::command_line

namespace wukong::schema {

void add_schema_command(command_line::Command program);

}  // namespace wukong::schema
