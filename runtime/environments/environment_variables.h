// The environment variables that a function's process has.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runtime/environments/environment_spec.h"

namespace wukong::environments {

struct EnvironmentPlace {
  std::string runtime_api;  // host:port
  std::string log_stream;
  std::filesystem::path clients;  // the runtime clients' folder
  std::filesystem::path scratch;  // the environment's own: HOME and TMPDIR
  std::string search_path;        // PATH, unless the function has its own
};

std::string log_group_of(const EnvironmentSpec& spec);

// As NAME=value. The function's own come before those that AWS does not reserve, and never before
// those that it does.
std::vector<std::string> environment_variables(const EnvironmentSpec& spec,
                                               const EnvironmentPlace& place);

}  // namespace wukong::environments
