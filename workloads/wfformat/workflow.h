// A recorded workflow as its file describes it, with all references resolved to indices: between
// the readers of formats and the Dag. Tasks are in the order of the file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/bytes.h"
#include "sim/base/time.h"

namespace wukong::wfformat {

struct WorkflowFile {
  std::string name;
  Bytes size;
  std::optional<size_t> producer;  // a task that writes it and does not read it
  std::vector<size_t> updaters;    // tasks that read it and write it
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
  std::optional<double> machine_mhz;  // of the machine on which it took that
  int32_t threads = 1;
  Bytes memory;
};

// What a reader has taken as meant although the file says something else, in numbers.
struct Corrections {
  size_t repeated_files = 0;   // listed again with the same size, or as an output of the same task
  size_t coreless_tasks = 0;   // on 0 cores: taken as 1
  size_t sizeless_files = 0;   // without a size, which the import gave them
  size_t unclocked_tasks = 0;  // their machine's clock was asked for, and the file does not tell it
};

struct Workflow {
  std::vector<WorkflowTask> tasks;
  std::vector<WorkflowFile> files;
  Corrections corrections;
};

// Explicit predecessors of each task, and those that write what it reads.
std::vector<std::vector<size_t>> predecessors_of(const Workflow& workflow);

// What a reader of the results should know about the workflow: "101 of 101 tasks are unconnected",
// ... Empty: nothing is odd.
std::vector<std::string> oddities(const Workflow& workflow);

}  // namespace wukong::wfformat
