#include "bench/experiment/task_commands.h"

#include "bench/experiment/experiment.h"
#include "runtime/processes/command_computation.h"
#include "workloads/wfformat/wfformat.h"

namespace wukong::experiment {
namespace {

using processes::Words;

[[noreturn]] void refuse(const std::string& expected, const std::string& found) {
  throw Error(ErrorPlace{"", 0, "emulation.command"}, expected, found);
}

bool is_blank(const std::string& word) {
  return word.find_first_not_of(" \t") == std::string::npos;
}

// Of `--out "a b"`, written as one argument, the program got two, as it does from a shell. Others
// are one each, but those of blanks, which are left over where a command line was cut at its
// blanks. A shell does all of this itself.
Words arguments_of(const Words& recorded, const loop::EmulationSpec& spec) {
  if (spec.command_shell) return recorded;
  Words words;
  for (const std::string& word : recorded) {
    if (is_blank(word)) continue;
    const bool option = word.starts_with('-') && word.find(' ') != std::string::npos;
    const auto parts = option ? processes::split_words(word) : std::nullopt;
    if (parts)
      words.insert(words.end(), parts->begin(), parts->end());
    else
      words.push_back(word);
  }
  return words;
}

std::vector<Words> recorded_commands(const WorkloadSetup& workload, const dag::Dag& dag,
                                     const loop::EmulationSpec& spec) {
  using Recorded = workloads::ParametersOf<wfformat::WfformatParameters>;
  const auto* const recorded = dynamic_cast<const Recorded*>(workload.parameters.get());
  if (recorded == nullptr)
    refuse("a workload wfformat, whose file says what was run", "workload " + workload.name());
  if (recorded->values.in_place_files == wfformat::InPlaceFiles::versions)
    refuse("in_place_files: error, for a recorded command knows one name of a file", "versions");
  const auto commands = wfformat::wfformat_commands(recorded->values);
  std::vector<Words> words;
  for (const TaskId task : dag.tasks()) {
    const auto found = commands.find(dag.name(task));
    if (found == commands.end())
      refuse("a command.program of each task in " + recorded->values.path.path,
             "none of \"" + dag.name(task) + "\"");
    words.push_back(arguments_of(found->second, spec));
  }
  return words;
}

}  // namespace

std::unique_ptr<computations::Computation> make_computation(const Experiment& experiment,
                                                            const dag::Dag& dag, dag::DagForm form,
                                                            uint64_t seed) {
  const loop::EmulationSpec& spec = experiment.emulation;
  if (!spec.command) return experiment.workload.make_computation(dag, form, seed);
  try {
    std::vector<Words> commands = spec.command == loop::kRecorded
                                      ? recorded_commands(experiment.workload, dag, spec)
                                      : processes::commands_of_all(dag, spec);
    return std::make_unique<processes::CommandComputation>(dag, spec, std::move(commands), seed);
  } catch (const Error& error) {
    throw placed(experiment, error);
  }
}

}  // namespace wukong::experiment
