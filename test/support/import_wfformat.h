// Workflows from files, for tests: the program reads a file where it reads the parameters.
#pragma once

#include <string>

#include "bench/files/input_file.h"
#include "workloads/wfformat/wfformat.h"

namespace wukong::test {

inline wfformat::WfformatParameters wfformat_parameters(const std::string& path) {
  wfformat::WfformatParameters parameters;
  parameters.path = {path, files::read_input_file(path)};
  return parameters;
}

inline dag::Dag import_wfformat(const std::string& path) {
  return wfformat::make_wfformat(wfformat_parameters(path));
}

}  // namespace wukong::test
