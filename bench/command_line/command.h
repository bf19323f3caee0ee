// The command line as the rest of the program sees it: commands, and flags that are bound to
// variables. It is the one place that knows the library behind it, which takes seconds to compile.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench/command_line/command_info.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace wukong::command_line {

// A flag of a command, or an argument without one. A handle: a copy is the same flag.
class Flag {
 public:
  explicit Flag(CLI::Option& option) : option_(&option) {}

  Flag& required();
  // It may be given again, each time with one value.
  Flag& repeatable();
  Flag& within(uint64_t least, uint64_t most);
  Flag& within_reals(double least, double most);
  Flag& one_of(std::vector<std::string> values);
  // --help tells the value that the variable has now.
  Flag& shows_default();
  // The two are not given together.
  Flag& excludes(Flag other);
  // It is given only beside the other one.
  Flag& needs(Flag other);

 private:
  CLI::Option* option_;
};

// A command, or the whole program. A handle, as long as the Program.
class Command {
 public:
  using Action = std::function<int()>;  // gives the exit code

  // A name with "--" is a flag's; any other one is of an argument without a flag. The variable is
  // set when the command line is read, and outlives that.
  Flag value(const std::string& name, std::string& variable, const std::string& about);
  Flag value(const std::string& name, std::optional<std::string>& variable,
             const std::string& about);
  Flag value(const std::string& name, std::vector<std::string>& variable, const std::string& about);
  Flag value(const std::string& name, int& variable, const std::string& about);
  Flag value(const std::string& name, unsigned& variable, const std::string& about);
  Flag value(const std::string& name, uint64_t& variable, const std::string& about);
  Flag value(const std::string& name, std::optional<uint64_t>& variable, const std::string& about);
  Flag value(const std::string& name, std::optional<int64_t>& variable, const std::string& about);
  Flag value(const std::string& name, double& variable, const std::string& about);
  // Calls `take` with the value.
  Flag value(const std::string& name, std::function<void(const std::string&)> take,
             const std::string& about);
  // Without a value: given or not.
  Flag given(const std::string& name, bool& variable, const std::string& about);
  Flag given(const std::string& name, std::function<void()> take, const std::string& about);

  Command add_command(const std::string& name, const std::string& about);
  void require_command();
  // Below the flags in --help: prose, and examples, which are indented.
  void footer(const std::string& text);
  // What the program does if this command is given: after the command line has been read, so that
  // an error of the work is not taken for one of the flags.
  void does(Action action);
  // The whole program that the command is one of, with all that was added to it.
  CommandInfo describe_program() const;

 private:
  friend class Program;
  Command(CLI::App& app, Action& chosen) : app_(&app), chosen_(&chosen) {}

  CLI::App* app_;
  Action* chosen_;  // of the program
};

}  // namespace wukong::command_line
