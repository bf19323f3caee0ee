#include <fmt/format.h>

#include <memory>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/commands/experiment_command.h"
#include "bench/experiment/experiment.h"
#include "bench/report/report.h"
#include "bench/simulation/emulate.h"
#include "bench/text/format.h"
#include "sim/base/secrets.h"

namespace wukong::commands {
namespace {

// What this machine cannot show of the platform.
std::string limits(const experiment::Experiment& experiment) {
  const functions::LambdaSpec& functions = experiment.platform.functions;
  const double vcpus = functions.environment.vcpus(functions.memory_mb);
  const int64_t workers = simulation::worker_threads(experiment);
  const std::string& store = experiment.emulation.store;
  std::string text =
      fmt::format("Emulated on {} core{}, objects in {}", workers, workers == 1 ? "" : "s",
                  store == "in-process" ? "this process" : without_secrets(store));
  if (experiment.emulation.speed != 1)
    text += fmt::format(", modelled delays {:g} times faster", experiment.emulation.speed);
  text += ".\n";
  if (vcpus > 1)
    text += fmt::format(
        "A function has {:.3g} vCPUs; here its kernels run on one core, and wait while all are "
        "busy.\n",
        vcpus);
  return text;
}

std::string verifications(const experiment::Experiment& experiment,
                          std::span<const run::RunResult> results) {
  std::string text = "\n";
  for (size_t i = 0; i < results.size(); ++i) {
    const run::RunResult& run = results[i];
    text += fmt::format("{}, seed {}: ", run.system, run.seed);
    text += run.verification
                ? fmt::format("{}: {} = {:.3g}", run.verification->passed ? "verified" : "WRONG",
                              run.verification->what, run.verification->residual)
                : "no result to verify";
    if (run.lag)
      text += fmt::format("; events at most {} late, {} on average",
                          text::format_time(run.lag->furthest.to_seconds()),
                          text::format_time(run.lag->mean.to_seconds()));
    text += "\n";
  }
  return text + limits(experiment);
}

std::string emulation_report(const experiment::Experiment& experiment,
                             std::span<const run::RunResult> results) {
  return report::report_runs(experiment, results, text::output_width()) +
         verifications(experiment, results);
}

// One after another, whatever the number of threads.
Ran emulate(const experiment::Experiment& experiment, unsigned,
            const simulation::Watches& watches) {
  Ran ran;
  for (simulation::EmulatedRun& run : simulation::emulate_experiment(experiment, watches)) {
    if (run.signal) ran.signal = run.signal;
    ran.results.push_back(std::move(run.result));
  }
  return ran;
}

}  // namespace

void add_emulate_command(command_line::Command program) {
  command_line::Command command = program.add_command(
      "emulate", "Runs an experiment for real: in real time, with real kernels and objects");
  command.footer(
      "The same schedulers and the same function service as in `wukong run`; tasks are kernels\n"
      "that run on this machine, and their results are verified. The experiment's section\n"
      "`emulation` (speed, workers, store, network, fixed_time) has defaults for everything.\n\n"
      "Examples:\n"
      "  wukong emulate configs/emulate/tsqr.yaml\n"
      "  wukong emulate configs/emulate/tsqr.yaml --set emulation='{speed: 10}'\n"
      "  wukong emulate configs/emulate/tsqr.yaml \\\n"
      "    --set emulation='{store: redis://127.0.0.1:6379}'");
  const auto flags = std::make_shared<ExperimentFlags>();
  // One run after another, and nothing that only a simulation has.
  add_experiment_flags(command, *flags, {.threads = false, .check = false, .plot = false});
  command.does([flags] { return run_experiment_command(*flags, emulation_report, emulate); });
}

}  // namespace wukong::commands
