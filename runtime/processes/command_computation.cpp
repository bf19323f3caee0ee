#include "runtime/processes/command_computation.h"

#include <algorithm>
#include <fstream>
#include <ranges>
#include <stdexcept>

#include "runtime/processes/child_process.h"
#include "runtime/processes/file_bytes.h"
#include "runtime/processes/scratch_folder.h"
#include "sim/base/error.h"
#include "workloads/computations/serial_run.h"
#include "workloads/kernels/random_block.h"

namespace wukong::processes {

namespace fs = std::filesystem;
using kernels::Value;

namespace {

// Of a task's scratch folder. The command sees the first one only.
constexpr const char* kWork = "work";
constexpr const char* kInput = "stdin";
constexpr const char* kOutput = "stdout";
constexpr const char* kErrors = "stderr";

[[noreturn]] void refuse(const std::string& expected, const std::string& found) {
  throw Error(ErrorPlace{"", 0, "emulation.command"}, expected, found);
}

// A task that nobody throws out.
class NoPlace final : public computations::TaskPlace {
 public:
  void block(const std::function<void()>& wait, const std::function<void()>&) override { wait(); }
};

bool stays_inside(const fs::path& path) {
  return !path.empty() && path.is_relative() && path.has_filename() &&
         std::ranges::none_of(path, [](const fs::path& part) { return part == ".."; });
}

template <class Ids>
Words names(const dag::Dag& dag, const Ids& objects) {
  Words words;
  for (const ObjectId object : objects) words.push_back(dag.name(object));
  return words;
}

std::string lines(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "\n") + word;
  return text;
}

void replace_all(std::string& text, std::string_view name, const std::string& value) {
  for (size_t at = text.find(name); at != std::string::npos;
       at = text.find(name, at + value.size()))
    text.replace(at, name.size(), value);
}

}  // namespace

CommandComputation::CommandComputation(const dag::Dag& dag, const loop::EmulationSpec& spec,
                                       std::vector<Words> commands, uint64_t seed)
    : dag_(dag),
      spec_(spec),
      folder_(fs::absolute(spec.command_folder)),
      commands_(std::move(commands)),
      seed_(seed) {
  ENSURE(commands_.size() == dag.task_count(), commands_.size(), dag.task_count());
  if (!fs::is_directory(folder_))
    throw Error(ErrorPlace{"", 0, "emulation.command_folder"}, "a folder",
                "\"" + spec.command_folder + "\"");
  check_names();
  if (spec.command_io == loop::CommandStreams::streams) check_streams();
}

void CommandComputation::check_names() const {
  for (const ObjectId object : dag_.objects()) {
    const bool elsewhere = stays_elsewhere(object);
    if (!elsewhere && !stays_inside(file_of(object)))
      refuse("objects that are files in a task's folder", "\"" + dag_.name(object) + "\"");
    // Recorded programs want their own inputs; others are content with any bytes.
    const bool wanted =
        elsewhere || (spec_.command == loop::kRecorded && !dag_.producer(object).valid());
    if (wanted && !given(object))
      refuse("the workflow's input " + dag_.name(object) + " in " + folder_.string(),
             "no such file");
  }
}

void CommandComputation::check_streams() const {
  for (const TaskId task : dag_.tasks())
    if (dag_.outputs(task).size() != 1)
      refuse("one output of each task, which its standard output is (or command_io: files)",
             std::to_string(dag_.outputs(task).size()) + " outputs of " + dag_.name(task));
}

// An input that a workflow knows by its whole path: programs read it where it is.
bool CommandComputation::stays_elsewhere(ObjectId object) const {
  return file_of(object).is_absolute() && !dag_.producer(object).valid();
}

std::optional<fs::path> CommandComputation::given(ObjectId object) const {
  const fs::path path = folder_ / file_of(object);
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return std::nullopt;
  return path;
}

// A file of that name in the folder; else bytes as many as the DAG says.
Value CommandComputation::initial(ObjectId object) const {
  if (const auto path = given(object)) return read_value(*path);
  return kernels::random_block(seed_, object, dag_.size(object).actual);
}

// A word that names a file in the folder, and no object, is that file: a program or a script.
Words CommandComputation::words_of(TaskId task) const {
  if (spec_.command_shell) return shell_words_of(task);
  Words words;
  const Words inputs = names(dag_, dag_.inputs(task));
  const Words outputs = names(dag_, dag_.outputs(task));
  for (std::string word : commands_[task.index()]) {
    if (word == "{inputs}") {
      words.insert(words.end(), inputs.begin(), inputs.end());
    } else if (word == "{outputs}") {
      words.insert(words.end(), outputs.begin(), outputs.end());
    } else {
      replace_all(word, "{task}", dag_.name(task));
      replace_all(word, "{kind}", dag_.kind(task));
      words.push_back(path_in_folder(task, word).value_or(word));
    }
  }
  return words;
}

// Nothing: it is no file there, or one of the task's objects, which are in its own folder.
std::optional<std::string> CommandComputation::path_in_folder(TaskId task,
                                                              const std::string& word) const {
  const auto is_word = [&](ObjectId object) { return dag_.name(object) == word; };
  if (std::ranges::any_of(dag_.inputs(task), is_word)) return std::nullopt;
  for (const ObjectId output : dag_.outputs(task))
    if (is_word(output)) return std::nullopt;
  std::error_code ignored;
  const fs::path path = folder_ / word;
  if (!stays_inside(word) || !fs::is_regular_file(path, ignored)) return std::nullopt;
  return path.string();
}

// The shell cuts the line into words, so that names in it are quoted here.
Words CommandComputation::shell_words_of(TaskId task) const {
  std::string line;
  for (const std::string& words : commands_[task.index()])
    for (const auto part : std::views::split(words, ' ')) {
      std::string word(part.begin(), part.end());
      replace_all(word, "{inputs}", join_words(names(dag_, dag_.inputs(task))));
      replace_all(word, "{outputs}", join_words(names(dag_, dag_.outputs(task))));
      replace_all(word, "{task}", join_words(Words{dag_.name(task)}));
      replace_all(word, "{kind}", join_words(Words{dag_.kind(task)}));
      const auto path = path_in_folder(task, word);
      line += (line.empty() ? "" : " ") + (path ? join_words(Words{*path}) : word);
    }
  return {"/bin/sh", "-c", line};
}

Words CommandComputation::variables_of(TaskId task) const {
  return {"WUKONG_TASK=" + dag_.name(task), "WUKONG_KIND=" + dag_.kind(task),
          "WUKONG_INPUTS=" + lines(names(dag_, dag_.inputs(task))),
          "WUKONG_OUTPUTS=" + lines(names(dag_, dag_.outputs(task)))};
}

// Absent objects have no bytes, unless there is a file.
void CommandComputation::lay_out(TaskId task, std::span<const Value> inputs,
                                 const fs::path& scratch) const {
  fs::create_directory(scratch / kWork);
  std::ofstream stream(scratch / kInput, std::ios::binary);
  size_t next = 0;
  for (const ObjectId object : dag_.inputs(task)) {
    Value value = inputs[next++];
    if (!value.present()) value = initial(object);
    if (spec_.command_io == loop::CommandStreams::streams) {
      write_bytes(stream, value);
    } else if (!stays_elsewhere(object)) {
      const fs::path path = scratch / kWork / file_of(object);
      fs::create_directories(path.parent_path());
      std::ofstream file(path, std::ios::binary);
      write_bytes(file, value);
    }
  }
  stream.close();
  if (!stream) throw std::runtime_error("cannot write to " + scratch.string());
  for (const ObjectId object : dag_.outputs(task))
    fs::create_directories((scratch / kWork / file_of(object)).parent_path());
}

std::vector<Value> CommandComputation::collect(TaskId task, const fs::path& scratch) const {
  std::vector<Value> outputs;
  for (const ObjectId object : dag_.outputs(task)) {
    const bool streams = spec_.command_io == loop::CommandStreams::streams;
    const fs::path path = streams ? scratch / kOutput : scratch / kWork / file_of(object);
    if (!fs::is_regular_file(path))
      throw std::runtime_error(commands_[task.index()][0] + " has not written its output " +
                               dag_.name(object));
    outputs.push_back(read_value(path));
  }
  return outputs;
}

std::vector<Value> CommandComputation::run(TaskId task, std::span<const Value> inputs) const {
  NoPlace place;
  return run_at(place, task, inputs);
}

std::vector<Value> CommandComputation::run_at(computations::TaskPlace& place, TaskId task,
                                              std::span<const Value> inputs) const {
  const ScratchFolder scratch;
  lay_out(task, inputs, scratch.path());
  ChildProcess process({.words = words_of(task),
                        .folder = scratch.path() / kWork,
                        .input = scratch.path() / kInput,
                        .output = scratch.path() / kOutput,
                        .errors = scratch.path() / kErrors,
                        .variables = variables_of(task)});
  place.block([&] { process.wait(); }, [&] { process.kill_group(); });
  const std::string end = process.reap();
  if (!end.empty()) {
    const std::string why = last_lines(scratch.path() / kErrors);
    throw std::runtime_error(commands_[task.index()][0] + " ended with " + end +
                             (why.empty() ? "" : ": " + why));
  }
  return collect(task, scratch.path());
}

computations::Verification CommandComputation::verify(const computations::Results& results) const {
  if (spec_.command_check == loop::CommandCheck::repeat)
    return computations::compare_with_serial_run(dag_, *this, results);
  for (const TaskId sink : dag_.sinks())
    for (const ObjectId object : dag_.outputs(sink)) results(object);  // throws if there is none
  return {"results that are not there", 0, true};
}

std::vector<Words> commands_of_all(const dag::Dag& dag, const loop::EmulationSpec& spec) {
  if (spec.command_shell && !spec.command->empty())
    return std::vector<Words>(dag.task_count(), {*spec.command});
  const std::optional<Words> words = split_words(spec.command.value());
  if (!words || words->empty())
    refuse("the words of a command, such as python3 step.py", "\"" + *spec.command + "\"");
  return std::vector<Words>(dag.task_count(), *words);
}

}  // namespace wukong::processes
