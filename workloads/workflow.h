// A recorded workflow as its file describes it, with all references resolved to indices: between
// the readers of formats and the Dag. Tasks are in the order of the file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/bytes.h"
#include "sim/base/time.h"

namespace wukong::workloads {

struct WorkflowFile {
  std::string name;
  Bytes size;
  std::optional<size_t> producer;  // a task
};

struct WorkflowTask {
  std::string id;
  std::string program;
  std::string path;                  // in the document, for messages
  std::vector<std::string> command;  // the program first; empty: the file does not say
  std::vector<size_t> predecessors;  // explicit ones, tasks
  std::vector<size_t> inputs;        // files
  std::vector<size_t> outputs;       // files
  Duration run_time;
  int32_t threads = 1;
  Bytes memory;
};

struct Workflow {
  std::vector<WorkflowTask> tasks;
  std::vector<WorkflowFile> files;
};

}  // namespace wukong::workloads
