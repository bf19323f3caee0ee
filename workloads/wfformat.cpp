#include "workloads/wfformat.h"

#include <filesystem>
#include <fstream>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "workloads/dag_builder.h"
#include "workloads/dense_kernels.h"
#include "workloads/topological_order.h"
#include "workloads/wfformat_reader.h"

namespace wukong::workloads {
namespace {

// Ten million tasks take about as much.
constexpr size_t kMostBytes = size_t{1} << 30;

std::string read_file(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  const ErrorPlace place{path, 0, ""};
  if (!std::filesystem::exists(status)) throw Error(place, "a WfFormat file", "no such file");
  if (std::filesystem::is_directory(status)) throw Error(place, "a WfFormat file", "a folder");
  if (std::filesystem::is_character_file(status))  // it may have no end
    throw Error(place, "a WfFormat file", "a device");
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::vector<char> block(1 << 16);
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    text.append(block.data(), static_cast<size_t>(file.gcount()));
    if (text.size() > kMostBytes) throw Error(place, "a file of at most 1 GiB", "a larger one");
  }
  if (!file.is_open() || file.bad()) throw Error(place, "a readable file", "one that is not");
  return text;
}

// Of explicit edges and of files.
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

std::string cycle_text(const Workflow& workflow, const std::vector<size_t>& cycle) {
  constexpr size_t kMost = 10;
  std::string text = "a cycle: ";
  for (size_t i = 0; i < cycle.size() && i < kMost; ++i)
    text += workflow.tasks[cycle[i]].id + " -> ";
  if (cycle.size() > kMost) text += "... (" + std::to_string(cycle.size() - kMost) + " more) -> ";
  return text + workflow.tasks[cycle.front()].id;
}

class WorkflowBuilder {
 public:
  explicit WorkflowBuilder(const Workflow& workflow)
      : workflow_(workflow), tasks_(workflow.tasks.size()), objects_(workflow.files.size()) {}

  Dag build(const std::vector<size_t>& order) {
    for (size_t file = 0; file < workflow_.files.size(); ++file)
      if (!workflow_.files[file].producer)
        name_object(file, builder_.add_input(as_declared(workflow_.files[file].size)));
    for (const size_t task : order) add_task(task);
    return builder_.build();
  }

 private:
  void name_object(size_t file, ObjectId object) {
    objects_[file] = object;
    builder_.set_name(object, workflow_.files[file].name);
  }

  void add_task(size_t index) {
    const WorkflowTask& task = workflow_.tasks[index];
    sim::TaskCost cost;
    cost.recorded = task.run_time;
    cost.threads = task.threads;
    cost.memory = task.memory;
    std::vector<ObjectId> inputs;
    for (const size_t file : task.inputs) {
      ENSURE(objects_[file].valid(), file, index);
      inputs.push_back(objects_[file]);
    }
    std::vector<sim::ObjectSize> outputs;
    for (const size_t file : task.outputs)
      outputs.push_back(as_declared(workflow_.files[file].size));
    const TaskId added = builder_.add_task(builder_.add_kind(task.program, cost), inputs, outputs);
    tasks_[index] = added;
    builder_.set_name(added, task.id);
    size_t next = 0;
    for (const ObjectId output : builder_.outputs(added)) name_object(task.outputs[next++], output);
    for (const size_t before : task.predecessors) builder_.add_edge(tasks_[before], added);
  }

  const Workflow& workflow_;
  DagBuilder builder_;
  std::vector<TaskId> tasks_;
  std::vector<ObjectId> objects_;
};

}  // namespace

void WfformatParameters::visit(FieldVisitor& v) { v.field("path", path); }

Dag make_wfformat(const WfformatParameters& parameters, DagForm) {
  return import_wfformat(parameters.path);
}

Dag import_wfformat(const std::string& path) { return parse_wfformat(read_file(path), path); }

Dag parse_wfformat(std::string text, const std::string& name) {
  const JsonDocument document(name, std::move(text));
  const Workflow workflow = read_wfformat(document);
  const TopologicalOrder sorted = topological_order(predecessors_of(workflow));
  if (!sorted.cycle.empty())
    document.fail(workflow.tasks[sorted.cycle.front()].path, "no cycle",
                  cycle_text(workflow, sorted.cycle));
  return WorkflowBuilder(workflow).build(sorted.order);
}

std::map<std::string, std::vector<std::string>> wfformat_commands(const std::string& path) {
  const JsonDocument document(path, read_file(path));
  std::map<std::string, std::vector<std::string>> commands;
  for (WorkflowTask& task : read_wfformat(document).tasks)
    if (!task.command.empty()) commands[task.id] = std::move(task.command);
  return commands;
}

}  // namespace wukong::workloads
