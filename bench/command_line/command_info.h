// What the command line has, for whoever documents or completes it: the same that --help shows.
#pragma once

#include <string>
#include <vector>

namespace wukong::command_line {

struct FlagInfo {
  std::vector<std::string> names;  // with their dashes; of an argument without a flag: its name
  bool is_argument = false;
  bool takes_value = true;
  bool required = false;
  std::vector<std::string> choices;  // that its value is one of; empty: anything
  std::string about;
};

struct CommandInfo {
  std::string path;  // "wukong dag info"
  std::string name;
  std::string about;
  std::string footer;
  std::vector<FlagInfo> flags;
  std::vector<CommandInfo> commands;
};

}  // namespace wukong::command_line
