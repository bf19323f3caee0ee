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

#include "runtime/command_line.h"
#include "runtime/emulation_spec.h"
#include "workloads/kernels/computation.h"

namespace wukong::runtime {

class CommandComputation final : public workloads::Computation {
 public:
  // `commands` has the words of each task. Throws Error for the key emulation.command if a task
  // cannot be run as a program, or an object cannot be a file.
  CommandComputation(const workloads::Dag& dag, const EmulationSpec& spec,
                     std::vector<Words> commands, uint64_t seed);

  workloads::Value initial(ObjectId object) const override;
  std::vector<workloads::Value> run(TaskId task,
                                    std::span<const workloads::Value> inputs) const override;
  std::vector<workloads::Value> run_at(workloads::TaskPlace& place, TaskId task,
                                       std::span<const workloads::Value> inputs) const override;
  workloads::Verification verify(const workloads::Results& results) const override;

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
  void lay_out(TaskId task, std::span<const workloads::Value> inputs,
               const std::filesystem::path& scratch) const;
  std::vector<workloads::Value> collect(TaskId task, const std::filesystem::path& scratch) const;

  const workloads::Dag& dag_;
  EmulationSpec spec_;
  std::filesystem::path folder_;
  std::vector<Words> commands_;
  uint64_t seed_;
};

// The words of spec.command for each task of the DAG. {task}, {kind}, {inputs} and {outputs} in
// them stand for the task's own. Throws Error if the text cannot be split into words.
std::vector<Words> commands_of_all(const workloads::Dag& dag, const EmulationSpec& spec);

}  // namespace wukong::runtime
