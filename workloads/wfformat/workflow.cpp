#include "workloads/wfformat/workflow.h"

namespace wukong::wfformat {
namespace {

void add(std::vector<std::string>& texts, size_t count, const std::string& text) {
  if (count > 0) texts.push_back(std::to_string(count) + " " + text);
}

std::string of_all(size_t all, const char* what) {
  return "of " + std::to_string(all) + " " + what + (all == 1 ? "" : "s");
}

size_t unconnected_tasks(const Workflow& workflow) {
  if (workflow.tasks.size() == 1) return 0;
  const auto predecessors = predecessors_of(workflow);
  std::vector<bool> connected(workflow.tasks.size());
  for (size_t task = 0; task < predecessors.size(); ++task)
    for (const size_t before : predecessors[task]) connected[task] = connected[before] = true;
  size_t count = 0;
  for (const bool is : connected) count += is ? 0 : 1;
  return count;
}

struct FileCounts {
  size_t unused = 0;  // no task reads or writes it
  size_t given = 0;   // somebody reads it, and nobody writes it
};

FileCounts count_files(const Workflow& workflow) {
  std::vector<bool> read(workflow.files.size());
  for (const WorkflowTask& task : workflow.tasks)
    for (const size_t file : task.inputs) read[file] = true;
  FileCounts counts;
  for (size_t file = 0; file < read.size(); ++file) {
    if (workflow.files[file].producer) continue;
    ++(read[file] ? counts.given : counts.unused);
  }
  return counts;
}

}  // namespace

std::vector<std::vector<size_t>> predecessors_of(const Workflow& workflow) {
  std::vector<std::vector<size_t>> predecessors;
  predecessors.reserve(workflow.tasks.size());
  for (const WorkflowTask& task : workflow.tasks) {
    std::vector<size_t>& before = predecessors.emplace_back(task.predecessors);
    for (const size_t file : task.inputs)
      if (const auto producer = workflow.files[file].producer) before.push_back(*producer);
  }
  return predecessors;
}

std::vector<std::string> oddities(const Workflow& workflow) {
  const size_t tasks = workflow.tasks.size();
  size_t instant = 0;
  for (const WorkflowTask& task : workflow.tasks)
    if (task.run_time == Duration::zero()) ++instant;
  const FileCounts files = count_files(workflow);
  const Corrections& corrections = workflow.corrections;
  std::vector<std::string> texts;
  add(texts, unconnected_tasks(workflow), of_all(tasks, "task") + " unconnected");
  add(texts, instant, of_all(tasks, "task") + " without a run time, or with 0 s");
  add(texts, corrections.coreless_tasks, of_all(tasks, "task") + " on 0 cores, taken as 1");
  add(texts, corrections.sizeless_files,
      of_all(workflow.files.size(), "file") + " without a size, taken as missing_size_bytes");
  add(texts, corrections.unclocked_tasks,
      of_all(tasks, "task") + " on machines of unknown clock, whose times stay");
  add(texts, files.unused, of_all(workflow.files.size(), "file") + " that no task reads or writes");
  add(texts, corrections.repeated_files, "files listed twice");
  // Every workflow has inputs: they are odd only where other things are.
  if (!texts.empty())
    add(texts, files.given, of_all(workflow.files.size(), "file") + " read but written by no task");
  return texts;
}

}  // namespace wukong::wfformat
