#include "workloads/wfformat_reader.h"

#include <cmath>
#include <map>

#include "sim/base/error.h"

namespace wukong::workloads {
namespace {

// Above these a value is a mistake in the file: a petabyte, three years, more cores than any node.
constexpr Bounds kSize{0, 1e15};
constexpr Bounds kSeconds{0, 1e8};
constexpr Bounds kCores{1, 1e5};

// Names, numbered in the order of their first mention.
class Index {
 public:
  std::optional<size_t> find(const std::string& name) const {
    const auto found = indices_.find(name);
    if (found == indices_.end()) return std::nullopt;
    return found->second;
  }
  bool add(const std::string& name) { return indices_.emplace(name, indices_.size()).second; }

 private:
  std::map<std::string, size_t> indices_;
};

class Reader {
 public:
  Workflow read(const JsonValue& root) {
    const JsonValue version = root.at("schemaVersion");
    const std::string number = version.text();
    const JsonValue workflow = root.at("workflow");
    if (number == "1.5")
      read_1_5(workflow);
    else if (number == "1.4")
      read_1_4(workflow);
    else
      version.fail("WfFormat 1.4 or 1.5");
    return std::move(workflow_);
  }

 private:
  // The DAG is in `specification`; what was measured is in `execution`, which may be absent: then
  // the tasks take no time.
  void read_1_5(const JsonValue& workflow) {
    const JsonValue specification = workflow.at("specification");
    if (const auto files = specification.find("files"))
      for (const JsonValue& file : files->items())
        add_file(file.at("id"), Bytes(file.at("sizeInBytes").integer(kSize)));
    const std::vector<JsonValue> tasks = list_tasks(specification);
    for (const JsonValue& task : tasks) {
      const JsonValue id = task.at("id");
      if (id.text().empty()) id.fail("an id");
      add_task(task, id, task.at("name").text());
    }
    for (size_t i = 0; i < tasks.size(); ++i) {
      add_predecessors(tasks[i], i);
      if (const auto inputs = tasks[i].find("inputFiles"))
        for (const JsonValue& file : inputs->items())
          workflow_.tasks[i].inputs.push_back(file_index(file));
      if (const auto outputs = tasks[i].find("outputFiles"))
        for (const JsonValue& file : outputs->items()) add_output(file, i, file_index(file));
    }
    if (const auto execution = workflow.find("execution")) add_measurements(*execution);
  }

  // Tasks are known by their names, and each lists its files with their sizes.
  void read_1_4(const JsonValue& workflow) {
    const std::vector<JsonValue> tasks = list_tasks(workflow);
    for (const JsonValue& task : tasks) {
      const JsonValue name = task.at("name");
      if (name.text().empty()) name.fail("a name");
      const auto category = task.find("category");
      add_task(task, name, category ? category->text() : name.text());
      add_cost(task, workflow_.tasks.back(), "cores");
    }
    for (size_t i = 0; i < tasks.size(); ++i) {
      add_predecessors(tasks[i], i);
      if (const auto files = tasks[i].find("files"))
        for (const JsonValue& file : files->items()) add_linked_file(file, i);
    }
  }

  static std::vector<JsonValue> list_tasks(const JsonValue& parent) {
    const JsonValue list = parent.at("tasks");
    std::vector<JsonValue> tasks = list.items();
    if (tasks.empty()) list.fail("at least one task", "none");
    return tasks;
  }

  void add_file(const JsonValue& id, Bytes size) {
    if (id.text().empty()) id.fail("a name");
    if (!files_.add(id.text())) id.fail("a file that was not listed before");
    workflow_.files.push_back({id.text(), size, {}});
  }

  void add_task(const JsonValue& task, const JsonValue& id, const std::string& program) {
    if (!tasks_.add(id.text())) id.fail("an id that no other task has");
    if (program.empty()) task.fail("a program's name", "an empty text");
    WorkflowTask& added = workflow_.tasks.emplace_back();
    added.id = id.text();
    added.program = program;
    added.path = task.path();
  }

  size_t task_index(const JsonValue& id) const {
    const auto found = tasks_.find(id.text());
    if (!found) id.fail("the id of a task");
    return *found;
  }

  size_t file_index(const JsonValue& id) const {
    const auto found = files_.find(id.text());
    if (!found) id.fail("a file of workflow.specification.files");
    return *found;
  }

  void add_predecessors(const JsonValue& task, size_t index) {
    for (const JsonValue& parent : task.at("parents").items())
      workflow_.tasks[index].predecessors.push_back(task_index(parent));
    if (const auto children = task.find("children"))
      for (const JsonValue& child : children->items())
        workflow_.tasks[task_index(child)].predecessors.push_back(index);
  }

  void add_output(const JsonValue& place, size_t task, size_t file) {
    std::optional<size_t>& producer = workflow_.files[file].producer;
    if (producer)
      place.fail("a file that no task writes yet", "\"" + workflow_.files[file].name +
                                                       "\", which " +
                                                       workflow_.tasks[*producer].id + " writes");
    producer = task;
    workflow_.tasks[task].outputs.push_back(file);
  }

  void add_linked_file(const JsonValue& entry, size_t task) {
    const JsonValue name = entry.at("name");
    const JsonValue size = entry.at("sizeInBytes");
    const Bytes bytes(size.integer(kSize));
    const JsonValue link = entry.at("link");
    const bool is_output = link.text() == "output";
    if (!is_output && link.text() != "input") link.fail("\"input\" or \"output\"");
    std::optional<size_t> file = files_.find(name.text());
    if (!file) {
      file = workflow_.files.size();
      add_file(name, bytes);
    }
    if (workflow_.files[*file].size != bytes)
      size.fail(std::to_string(workflow_.files[*file].size.count()) +
                ", the size that the file has elsewhere");
    if (is_output)
      add_output(name, task, *file);
    else
      workflow_.tasks[task].inputs.push_back(*file);
  }

  void add_measurements(const JsonValue& execution) {
    std::vector<bool> measured(workflow_.tasks.size());
    const JsonValue list = execution.at("tasks");
    for (const JsonValue& entry : list.items()) {
      const JsonValue id = entry.at("id");
      const size_t task = task_index(id);
      if (measured[task]) id.fail("a task that was not listed before");
      measured[task] = true;
      add_cost(entry, workflow_.tasks[task], "coreCount");
    }
    for (size_t task = 0; task < measured.size(); ++task)
      if (!measured[task])
        list.fail("a run time of each task", "none of \"" + workflow_.tasks[task].id + "\"");
  }

  static void add_cost(const JsonValue& entry, WorkflowTask& task, std::string_view cores_key) {
    task.run_time = Duration::from_seconds(entry.at("runtimeInSeconds").number(kSeconds));
    if (const auto cores = entry.find(cores_key))
      task.threads = static_cast<int32_t>(std::ceil(cores->number(kCores)));
    if (const auto memory = entry.find("memoryInBytes"))
      task.memory = Bytes(memory->integer(kSize));
    if (const auto command = entry.find("command")) add_command(*command, task);
  }

  static void add_command(const JsonValue& command, WorkflowTask& task) {
    const auto program = command.find("program");
    if (!program) return;
    if (program->text().empty()) program->fail("a program's name");
    task.command = {program->text()};
    if (const auto arguments = command.find("arguments"))
      for (const JsonValue& argument : arguments->items()) task.command.push_back(argument.text());
  }

  Workflow workflow_;
  Index tasks_;
  Index files_;
};

}  // namespace

Workflow read_wfformat(const JsonDocument& document) { return Reader().read(document.root()); }

}  // namespace wukong::workloads
