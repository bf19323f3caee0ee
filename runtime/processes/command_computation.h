// Tasks that are programs. Each runs in a folder of its own, finds its inputs there as files (or on
// its standard input) and leaves its outputs there (or on its standard output). Objects are as
// large as the programs make them, whatever the DAG says.
//
// A task has failed if its program cannot be started, ends with another code than 0, or has not
// written an output; the last lines of the program's standard error say why.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "runtime/loop/emulation_spec.h"
#include "runtime/processes/command_line.h"
#include "sim/hosts/task_runner.h"
#include "workloads/computations/computation.h"
#include "workloads/dag/dag.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::processes {

class CommandComputation final : public computations::Computation {
 public:
  // `commands` has the words of each task. Throws Error for the key emulation.command if a task
  // cannot be run as a program, or an object cannot be a file.
  CommandComputation(const dag::Dag& dag, const loop::EmulationSpec& spec,
                     std::vector<Words> commands, uint64_t seed);

  kernels::Value initial(ObjectId object) const override;
  std::vector<kernels::Value> run(TaskId task,
                                  std::span<const kernels::Value> inputs) const override;
  std::vector<kernels::Value> run_at(computations::TaskPlace& place, TaskId task,
                                     std::span<const kernels::Value> inputs) const override;
  computations::Verification verify(const computations::Results& results) const override;

 private:
  void check_names() const;
  void check_streams() const;
  std::filesystem::path file_of(ObjectId object) const { return dag_.name(object); }
  bool stays_elsewhere(ObjectId object) const;
  Words words_of(TaskId task) const;
  Words shell_words_of(TaskId task) const;
  std::optional<std::string> path_in_folder(TaskId task, const std::string& word) const;
  Words variables_of(TaskId task) const;
  // What lies in the folder, or anywhere else by its whole path, for an object that is there before
  // the run; nothing if there is no such file.
  std::optional<std::filesystem::path> given(ObjectId object) const;
  void lay_out(TaskId task, std::span<const kernels::Value> inputs,
               const std::filesystem::path& scratch) const;
  std::vector<kernels::Value> collect(TaskId task, const std::filesystem::path& scratch) const;

  const dag::Dag& dag_;
  loop::EmulationSpec spec_;
  std::filesystem::path folder_;
  std::vector<Words> commands_;
  uint64_t seed_;
};

// The words of spec.command for each task of the DAG. {task}, {kind}, {inputs} and {outputs} in
// them stand for the task's own. Throws Error if the text cannot be split into words.
std::vector<Words> commands_of_all(const dag::Dag& dag, const loop::EmulationSpec& spec);

}  // namespace wukong::processes
