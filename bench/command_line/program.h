// The program's command line as a whole: read, checked, and done.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "bench/command_line/command.h"

namespace wukong::command_line {

class Program {
 public:
  Program(const std::string& name, const std::string& about);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // What all commands hang on.
  Command root() { return Command(*app_, chosen_); }
  // How wide --help may be, for the commands that are added later.
  void fit_help(size_t width);
  // What --version prints.
  void version(const std::string& text);

  struct Reading {
    Command::Action action;  // of the command that was given; none: only `text` is to be printed
    std::string text;        // of --help or --version
  };
  // Throws Error if the command line is wrong.
  Reading read(int argc, const char* const* argv);

 private:
  std::unique_ptr<CLI::App> app_;
  Command::Action chosen_;
};

}  // namespace wukong::command_line
