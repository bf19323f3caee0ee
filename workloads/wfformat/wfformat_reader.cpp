#include "workloads/wfformat/wfformat_reader.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/base/error.h"

namespace wukong::wfformat {
namespace {

// Above these a value is a mistake in the file: a petabyte, three years, more cores than any node.
constexpr Bounds kSize{0, 1e15};
constexpr Bounds kSeconds{0, 1e8};
constexpr Bounds kCores{0, 1e5};

constexpr Bounds kMegahertz{0, 1e6};

// What the format calls things that have a unit.
struct Keys {
  std::string_view run_time;
  std::string_view size;
  std::string_view memory;
  double memory_unit;  // bytes
  std::string_view clock;
};
constexpr Keys kKeys{"runtimeInSeconds", "sizeInBytes", "memoryInBytes", 1, "speedInMHz"};
constexpr Keys kKeys1_4{"runtimeInSeconds", "sizeInBytes", "memoryInBytes", 1, "speed"};
// As its schema says, which has sizes in bytes and memory in units of 1,024 of them.
constexpr Keys kKeys1_3{"runtime", "size", "memory", 1024, "speed"};

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
  explicit Reader(const WfformatReading& options) : options_(options) {}

  Workflow read(const JsonValue& root) {
    const JsonValue version = root.at("schemaVersion");
    const std::string number = version.text();
    const JsonValue workflow = root.at("workflow");
    if (number == "1.5" || number == "1.6")  // 1.6 adds metrics, of which nothing is needed
      read_1_5(workflow);
    else if (number == "1.4")
      keys_ = kKeys1_4, read_flat(workflow);
    else if (number == "1.3")  // the same, but for keys without units
      keys_ = kKeys1_3, read_flat(workflow);
    else
      version.fail("WfFormat 1.3, 1.4, 1.5 or 1.6");
    return std::move(workflow_);
  }

 private:
  // An entry of the document that says that a task writes a file.
  struct Output {
    JsonValue place;
    size_t file;
  };

  // The DAG is in `specification`; what was measured is in `execution`, which may be absent: then
  // the tasks take no time.
  void read_1_5(const JsonValue& workflow) {
    const JsonValue specification = workflow.at("specification");
    if (const auto files = specification.find("files"))
      for (const JsonValue& file : files->items()) add_file(file.at("id"), size_of(file));
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
      std::vector<Output> written;
      if (const auto outputs = tasks[i].find("outputFiles"))
        for (const JsonValue& file : outputs->items()) written.push_back({file, file_index(file)});
      add_outputs(written, i);
    }
    if (const auto execution = workflow.find("execution")) add_measurements(*execution);
  }

  // Tasks are known by their names, and each lists its files with their sizes.
  void read_flat(const JsonValue& workflow) {
    const std::vector<JsonValue> tasks = list_tasks(workflow);
    list_machines(workflow);
    for (const JsonValue& task : tasks) {
      const JsonValue name = task.at("name");
      if (name.text().empty()) name.fail("a name");
      const auto category = task.find("category");
      add_task(task, name, category ? category->text() : name.text());
      // The format lets it be missing, unlike the next one.
      if (task.find(keys_.run_time)) add_run_time(task, workflow_.tasks.back());
      add_cost(task, workflow_.tasks.back(), "cores");
      if (const auto machine = task.find("machine")) add_machine(*machine, workflow_.tasks.back());
    }
    for (size_t i = 0; i < tasks.size(); ++i) {
      add_predecessors(tasks[i], i);
      std::vector<Output> written;
      if (const auto files = tasks[i].find("files"))
        for (const JsonValue& file : files->items()) add_linked_file(file, i, written);
      add_outputs(written, i);
    }
  }

  static std::vector<JsonValue> list_tasks(const JsonValue& parent) {
    const JsonValue list = parent.at("tasks");
    std::vector<JsonValue> tasks = list.items();
    if (tasks.empty()) list.fail("at least one task", "none");
    return tasks;
  }

  // A file that is listed again with the same size is the same one.
  void add_file(const JsonValue& id, Bytes size) {
    if (id.text().empty()) id.fail("a name");
    if (files_.add(id.text())) {
      workflow_.files.push_back({id.text(), size, {}, {}});
      return;
    }
    const Bytes known = workflow_.files[*files_.find(id.text())].size;
    if (known != size)
      id.fail("a file that was not listed before with another size",
              "\"" + id.text() + "\" of " + std::to_string(size.count()) + " bytes, before of " +
                  std::to_string(known.count()));
    ++workflow_.corrections.repeated_files;
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

  size_t file_index(const JsonValue& id) {
    const auto found = files_.find(id.text());
    if (found) return *found;
    if (!options_.missing_size)
      id.fail("a file of workflow.specification.files (missing_size_bytes makes up for it)");
    add_file(id, *options_.missing_size);
    ++workflow_.corrections.sizeless_files;
    return *files_.find(id.text());
  }

  Bytes size_of(const JsonValue& file) {
    if (options_.missing_size && !file.find(keys_.size)) {
      ++workflow_.corrections.sizeless_files;
      return *options_.missing_size;
    }
    return Bytes(file.at(keys_.size).integer(kSize));
  }

  // Machines may be of any description; what is needed is how fast each one is, if that is told.
  void list_machines(const JsonValue& parent) {
    const auto machines = parent.find("machines");
    if (!machines) return;
    for (const JsonValue& machine : machines->items()) {
      const auto name = machine.find("nodeName");
      const auto processor = machine.find("cpu");
      const auto clock = processor ? processor->find(keys_.clock) : std::nullopt;
      if (name && clock) clocks_[name->text()] = clock->number(kMegahertz);
    }
  }

  void add_machine(const JsonValue& name, WorkflowTask& task) const {
    const auto clock = clocks_.find(name.text());
    if (clock != clocks_.end() && clock->second > 0) task.machine_mhz = clock->second;
  }

  void add_predecessors(const JsonValue& task, size_t index) {
    for (const JsonValue& parent : task.at("parents").items())
      workflow_.tasks[index].predecessors.push_back(task_index(parent));
    if (const auto children = task.find("children"))
      for (const JsonValue& child : children->items())
        workflow_.tasks[task_index(child)].predecessors.push_back(index);
  }

  // REQUIRES: the task's inputs are known.
  void add_outputs(const std::vector<Output>& outputs, size_t task) {
    last_reader_.resize(workflow_.files.size());
    for (const size_t file : workflow_.tasks[task].inputs) last_reader_[file] = task;
    for (const Output& output : outputs) {
      if (last_reader_[output.file] == task)
        update(output, task);
      else
        produce(output, task);
    }
  }

  void produce(const Output& output, size_t task) {
    WorkflowFile& file = workflow_.files[output.file];
    if (file.producer == task) {
      ++workflow_.corrections.repeated_files;
      return;
    }
    if (file.producer)
      output.place.fail(
          "a file that no task writes yet",
          "\"" + file.name + "\", which " + workflow_.tasks[*file.producer].id + " writes");
    file.producer = task;
    workflow_.tasks[task].outputs.push_back(output.file);
  }

  void update(const Output& output, size_t task) {
    WorkflowFile& file = workflow_.files[output.file];
    if (options_.in_place_files == InPlaceFiles::error)
      output.place.fail("a file that its task does not read",
                        "\"" + file.name + "\": task " + workflow_.tasks[task].id +
                            " reads and writes it (in_place_files: versions allows that)");
    if (!file.updaters.empty() && file.updaters.back() == task) {
      ++workflow_.corrections.repeated_files;
      return;
    }
    file.updaters.push_back(task);
    workflow_.tasks[task].outputs.push_back(output.file);
  }

  void add_linked_file(const JsonValue& entry, size_t task, std::vector<Output>& written) {
    const JsonValue name = entry.at("name");
    const Bytes bytes = size_of(entry);
    const JsonValue link = entry.at("link");
    const bool is_output = link.text() == "output";
    if (!is_output && link.text() != "input") link.fail("\"input\" or \"output\"");
    std::optional<size_t> file = files_.find(name.text());
    if (!file) {
      file = workflow_.files.size();
      add_file(name, bytes);
    }
    if (workflow_.files[*file].size != bytes)
      entry.find(keys_.size)
          .value_or(entry)
          .fail(std::to_string(workflow_.files[*file].size.count()) +
                ", the size that the file has elsewhere");
    if (is_output)
      written.push_back({name, *file});
    else
      workflow_.tasks[task].inputs.push_back(*file);
  }

  void add_measurements(const JsonValue& execution) {
    std::vector<bool> measured(workflow_.tasks.size());
    list_machines(execution);
    const JsonValue list = execution.at("tasks");
    for (const JsonValue& entry : list.items()) {
      const JsonValue id = entry.at("id");
      const size_t task = task_index(id);
      if (measured[task]) id.fail("a task that was not listed before");
      measured[task] = true;
      add_run_time(entry, workflow_.tasks[task]);
      add_cost(entry, workflow_.tasks[task], "coreCount");
      if (const auto machines = entry.find("machines"))
        for (const JsonValue& machine : machines->items())
          add_machine(machine, workflow_.tasks[task]);
    }
    for (size_t task = 0; task < measured.size(); ++task)
      if (!measured[task])
        list.fail("a run time of each task", "none of \"" + workflow_.tasks[task].id + "\"");
  }

  void add_run_time(const JsonValue& entry, WorkflowTask& task) const {
    task.run_time = Duration::from_seconds(entry.at(keys_.run_time).number(kSeconds));
  }

  // Half a core is a thread that has to wait, as it did when its time was taken.
  void add_cost(const JsonValue& entry, WorkflowTask& task, std::string_view cores_key) {
    if (const auto cores = entry.find(cores_key)) {
      const double count = cores->number(kCores);
      if (count == 0) ++workflow_.corrections.coreless_tasks;
      task.threads = std::max(1, static_cast<int32_t>(std::ceil(count)));
    }
    if (const auto memory = entry.find(keys_.memory))  // a mean over samples, perhaps
      task.memory =
          Bytes(static_cast<int64_t>(std::ceil(memory->number(kSize) * keys_.memory_unit)));
    if (options_.commands == RecordedCommands::read)
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

  WfformatReading options_;
  Keys keys_ = kKeys;
  std::map<std::string, double> clocks_;            // of machines, in MHz
  std::vector<std::optional<size_t>> last_reader_;  // of each file
  Workflow workflow_;
  Index tasks_;
  Index files_;
};

}  // namespace

Workflow read_wfformat(const JsonDocument& document, const WfformatReading& options) {
  return Reader(options).read(document.root());
}

}  // namespace wukong::wfformat
