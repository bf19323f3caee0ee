#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>

#include "bench/command.h"
#include "bench/emulate.h"
#include "bench/experiment_command.h"
#include "bench/explain.h"
#include "bench/format.h"
#include "bench/result_json.h"
#include "bench/table.h"
#include "bench/text_file.h"

namespace wukong::bench {
namespace {

using Align = Table::Align;

double error_of(const Prediction& prediction) {
  const double measured = prediction.measured.result.makespan.to_seconds();
  return prediction.predicted.makespan.to_seconds() / measured - 1;
}

bool comparable(const Prediction& prediction) {
  return prediction.measured.result.completed && prediction.predicted.completed;
}

std::string percent(double part) { return fmt::format("{:+.1f} %", 100 * part); }

std::string both(const std::string& predicted, const std::string& measured) {
  return predicted == measured ? predicted : predicted + " / " + measured;
}

std::vector<std::string> row_of(const Prediction& prediction) {
  const RunResult& predicted = prediction.predicted;
  const RunResult& measured = prediction.measured.result;
  const auto bytes = [](const RunResult& run) {
    return fmt::format("{}", (run.usage.read + run.usage.written).count());
  };
  const auto count = [](uint64_t value) { return format_count(static_cast<double>(value)); };
  return {measured.system,
          fmt::format("{}", measured.seed),
          format_time(predicted.makespan.to_seconds()),
          format_time(measured.makespan.to_seconds()),
          percent(error_of(prediction)),
          both(bytes(predicted), bytes(measured)),
          both(count(predicted.invocations), count(measured.invocations)),
          both(format_money(usd_of(predicted.cost.total())),
               format_money(usd_of(measured.cost.total())))};
}

std::string summary(std::vector<double> errors) {
  if (errors.empty()) return "";
  for (double& error : errors) error = std::abs(error);
  std::sort(errors.begin(), errors.end());
  const size_t middle = errors.size() / 2;
  const double median =
      errors.size() % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2;
  return fmt::format("error of the makespan over {} runs: median {:.1f} %, largest {:.1f} %\n",
                     errors.size(), 100 * median, 100 * errors.back());
}

std::string report(const std::vector<Prediction>& predictions) {
  Table table({Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
               Align::right, Align::right});
  table.add_row({"predicted / measured", "seed", "predicted", "measured", "error", "bytes",
                 "invocations", "cost"});
  std::vector<double> errors;
  std::string failures;
  for (const Prediction& prediction : predictions) {
    const RunResult& measured = prediction.measured.result;
    if (comparable(prediction)) {
      table.add_row(row_of(prediction));
      errors.push_back(error_of(prediction));
    } else {
      failures += fmt::format("{}, seed {}: {}\n", measured.system, measured.seed,
                              measured.completed ? prediction.predicted.failure : measured.failure);
    }
  }
  return table.to_text() + failures + summary(errors);
}

// Each measured run, and after it what was predicted.
std::vector<RunResult> both_runs(const std::vector<Prediction>& predictions) {
  std::vector<RunResult> runs;
  for (const Prediction& prediction : predictions) {
    runs.push_back(prediction.measured.result);
    runs.push_back(prediction.predicted);
    runs.back().system += " (predicted)";
  }
  return runs;
}

ExitCode validate(const ExperimentFlags& flags) {
  const Experiment experiment = make_experiment(experiment_tree(flags), program_catalog());
  if (flags.explain) {
    print(explain(experiment.effective));
    return kSuccess;
  }
  if (!flags.trace.empty())
    throw Error({"--trace", 0, ""}, "`wukong emulate` or `wukong run`, which trace one run",
                "wukong validate");
  const std::vector<Prediction> predictions = validate_experiment(experiment);
  if (flags.json != "-") print(report(predictions));
  if (!flags.json.empty())
    write_text_file(flags.json, result_document(experiment, both_runs(predictions)));
  const bool good = std::all_of(predictions.begin(), predictions.end(), comparable);
  return good ? kSuccess : kRunFailed;
}

}  // namespace

void add_validate_command(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "validate", "Emulates an experiment, predicts it by simulation, and compares");
  command->footer(
      "Each run is emulated; what its tasks and store operations took is given to a simulation of\n"
      "this machine; the simulation's makespan, bytes, invocations and cost are printed beside "
      "the\n"
      "measured ones. Meant for an otherwise idle machine, and for `platform: local`.\n\n"
      "Example:\n"
      "  wukong validate configs/emulate/tsqr.yaml");
  const auto flags = std::make_shared<ExperimentFlags>();
  add_experiment_flags(*command, *flags);
  command->callback([flags, &action] { action = [flags] { return validate(*flags); }; });
}

}  // namespace wukong::bench
