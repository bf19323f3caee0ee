// Workflows from files, for tests: the program reads a file where it reads the parameters.
#pragma once

#include <string>

#include "bench/text/input_file.h"
#include "workloads/wfformat.h"

namespace wukong::test {

inline workloads::WfformatParameters wfformat_parameters(const std::string& path) {
  workloads::WfformatParameters parameters;
  parameters.path = {path, bench::read_input_file(path)};
  return parameters;
}

inline workloads::Dag import_wfformat(const std::string& path) {
  return workloads::make_wfformat(wfformat_parameters(path));
}

}  // namespace wukong::test
