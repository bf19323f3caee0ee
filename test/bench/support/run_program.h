// Runs the program as a user does.
#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <string>

#include "test/catch.h"
#include "test_paths.h"

namespace wukong::test {

struct Outcome {
  int exit_code;
  std::string output;  // stdout, then stderr
};

// Of a shell.
inline Outcome run_command(const std::string& command) {
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  Outcome outcome{-1, ""};
  char block[4096];
  while (const size_t got = std::fread(block, 1, sizeof block, pipe))
    outcome.output.append(block, got);
  const int status = ::pclose(pipe);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

inline Outcome run(const std::string& arguments) {
  return run_command(std::string("\"") + WUKONG_PROGRAM + "\" " + arguments);
}

}  // namespace wukong::test
