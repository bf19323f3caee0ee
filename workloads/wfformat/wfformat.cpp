#include "workloads/wfformat/wfformat.h"

#include <vector>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/dense_kernels.h"
#include "workloads/dag/topological_order.h"
#include "workloads/wfformat/wfformat_reader.h"

namespace wukong::wfformat {
namespace {

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
  // `name` is the document's.
  WorkflowBuilder(const Workflow& workflow, const std::string& name)
      : workflow_(workflow), tasks_(workflow.tasks.size()), objects_(workflow.files.size()) {
    std::string text;
    for (const std::string& oddity : oddities(workflow))
      text += (text.empty() ? name + ": " : ", ") + oddity;
    if (!text.empty()) builder_.add_remark(text);
  }

  dag::Dag build(const std::vector<size_t>& order) {
    for (size_t file = 0; file < workflow_.files.size(); ++file)
      if (!workflow_.files[file].producer)
        name_object(file, builder_.add_input(dag::as_declared(workflow_.files[file].size)));
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
    hosts::TaskCost cost;
    cost.recorded = task.run_time;
    cost.threads = task.threads;
    cost.memory = task.memory;
    std::vector<ObjectId> inputs;
    for (const size_t file : task.inputs) {
      ENSURE(objects_[file].valid(), file, index);
      inputs.push_back(objects_[file]);
    }
    std::vector<ObjectSize> outputs;
    for (const size_t file : task.outputs)
      outputs.push_back(dag::as_declared(workflow_.files[file].size));
    const TaskId added = builder_.add_task(builder_.add_kind(task.program, cost), inputs, outputs);
    tasks_[index] = added;
    builder_.set_name(added, task.id);
    size_t next = 0;
    for (const ObjectId output : builder_.outputs(added)) name_object(task.outputs[next++], output);
    for (const size_t before : task.predecessors) builder_.add_edge(tasks_[before], added);
  }

  const Workflow& workflow_;
  dag::DagBuilder builder_;
  std::vector<TaskId> tasks_;
  std::vector<ObjectId> objects_;
};

}  // namespace

void WfformatParameters::visit(FieldVisitor& v) {
  v.about("The workflow, a JSON file in WfFormat 1.3, 1.4, 1.5 or 1.6").file("path", path);
  v.about(
       "What a file is that one task reads and writes: an error, or a chain of versions, of which "
       "each such task makes one")
      .choice("in_place_files", in_place_files, kInPlaceFilesNames);
  options.visit(v);
}

dag::Dag make_wfformat(const WfformatParameters& parameters, dag::DagForm) {
  ENSURE(parameters.path.content.has_value());
  return parse_wfformat(*parameters.path.content, parameters.path.path, parameters.in_place_files,
                        parameters.options);
}

dag::Dag parse_wfformat(std::string text, const std::string& name, InPlaceFiles in_place_files,
                        const ImportOptions& options) {
  const JsonDocument document(name, std::move(text));
  Workflow workflow = read_wfformat(
      document, {.in_place_files = in_place_files, .missing_size = options.missing_size});
  apply(options, workflow);
  std::vector<size_t> cycle = give_versions(workflow);
  const dag::TopologicalOrder sorted = dag::topological_order(predecessors_of(workflow));
  if (cycle.empty()) cycle = sorted.cycle;
  if (!cycle.empty())
    document.fail(workflow.tasks[cycle.front()].path, "no cycle", cycle_text(workflow, cycle));
  return WorkflowBuilder(workflow, name).build(sorted.order);
}

std::map<std::string, std::vector<std::string>> wfformat_commands(
    const WfformatParameters& parameters) {
  ENSURE(parameters.path.content.has_value());
  const JsonDocument document(parameters.path.path, *parameters.path.content);
  const WfformatReading reading{.in_place_files = parameters.in_place_files,
                                .missing_size = parameters.options.missing_size,
                                .commands = RecordedCommands::read};
  std::map<std::string, std::vector<std::string>> commands;
  for (WorkflowTask& task : read_wfformat(document, reading).tasks)
    if (!task.command.empty()) commands[task.id] = std::move(task.command);
  return commands;
}

}  // namespace wukong::wfformat
