#include <algorithm>
#include <memory>
#include <vector>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/commands/experiment_command.h"
#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/files/text_file.h"
#include "bench/parameters/explain.h"
#include "bench/report/validation.h"
#include "bench/result/result_json.h"
#include "bench/simulation/emulate.h"

namespace wukong::commands {
namespace {

struct ValidateFlags {
  ExperimentFlags experiment;      // the first one, and what holds for all
  std::vector<std::string> files;  // further ones
};

// Each measured run, and after it what was predicted.
std::vector<run::RunResult> both_runs(const std::vector<simulation::Prediction>& predictions) {
  std::vector<run::RunResult> runs;
  for (const simulation::Prediction& prediction : predictions) {
    runs.push_back(prediction.measured.result);
    runs.push_back(prediction.predicted);
    runs.back().system += " (predicted)";
  }
  return runs;
}

std::vector<experiment::Experiment> read_experiments(const ValidateFlags& flags) {
  if (!flags.experiment.json.empty() && !flags.files.empty())
    throw Error({"--json", 0, ""}, "one experiment, which the result document is of",
                std::to_string(flags.files.size() + 1) + " files");
  files::check_can_be_written(flags.experiment.json);
  std::vector<experiment::Experiment> experiments;
  ExperimentFlags one = flags.experiment;
  experiments.push_back(
      experiment::make_experiment(experiment_tree(one), experiment::program_catalog()));
  for (const std::string& file : flags.files) {
    one.file = file;
    experiments.push_back(
        experiment::make_experiment(experiment_tree(one), experiment::program_catalog()));
  }
  return experiments;
}

// The signal that ended them.
std::optional<int> interruption(const std::vector<simulation::Prediction>& predictions) {
  for (const simulation::Prediction& prediction : predictions)
    if (prediction.measured.signal) return prediction.measured.signal;
  return std::nullopt;
}

// All files are read before the first run.
ExitCode validate(const ValidateFlags& flags) {
  const std::vector<experiment::Experiment> experiments = read_experiments(flags);
  if (flags.experiment.explain) {
    for (const experiment::Experiment& experiment : experiments)
      print(parameters::explain(experiment.effective, text::output_width()));
    return kSuccess;
  }
  for (const std::string& file : flags.files) {
    ExperimentFlags more = flags.experiment;
    more.file = file;
    check_files(more, experiments);
  }
  check_files(flags.experiment, experiments);
  std::vector<simulation::Prediction> predictions;
  for (const experiment::Experiment& experiment : experiments) {
    std::vector<simulation::Prediction> some = simulation::validate_experiment(experiment);
    std::move(some.begin(), some.end(), std::back_inserter(predictions));
    if (interruption(predictions)) break;
  }
  if (!flags.experiment.json.empty())
    files::write_text_file(flags.experiment.json,
                           result::result_document(experiments.front(), both_runs(predictions)));
  if (flags.experiment.json != "-") print(report::validation_report(predictions));
  if (const auto signal = interruption(predictions)) return exit_code_of_signal(*signal);
  const bool all = std::all_of(predictions.begin(), predictions.end(), report::comparable);
  return all && report::accuracy_of(predictions).good() ? kSuccess : kRunFailed;
}

}  // namespace

void add_validate_command(command_line::Command program) {
  command_line::Command command = program.add_command(
      "validate", "Emulates experiments, predicts them by simulation, and compares");
  command.footer(
      "Each run is emulated; what its tasks and store operations took is given to a simulation of\n"
      "this machine; the simulation's makespan, bytes, invocations and cost are printed beside "
      "the\n"
      "measured ones. Meant for an otherwise idle machine, and for `platform: local`. The exit\n"
      "code is 1 if the median error of the makespan is above 10 % or the largest above 25 %.\n\n"
      "Examples:\n"
      "  wukong validate configs/emulate/tsqr.yaml\n"
      "  wukong validate configs/emulate/{tsqr,gemm,cholesky,tree_reduction}.yaml");
  const auto flags = std::make_shared<ValidateFlags>();
  add_experiment_flags(command, flags->experiment,
                       {.trace = false, .threads = false, .check = false, .plot = false});
  command.value("MORE", flags->files, "Further experiments, of which the flags hold, too");
  command.does([flags] { return validate(*flags); });
}

}  // namespace wukong::commands
