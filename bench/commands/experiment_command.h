// What `wukong run` and `wukong compare` share: their flags, and running an experiment with them.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bench/commands/command.h"
#include "bench/parameters/parameter_tree.h"
#include "bench/run/run_result.h"
#include "bench/simulation/watch.h"

namespace wukong::command_line {
class Command;
}  // namespace wukong::command_line

namespace wukong::experiment {
struct Experiment;
}  // namespace wukong::experiment

namespace wukong::commands {

struct ExperimentFlags {
  std::string file;
  std::vector<std::string> settings;
  std::optional<std::string> seed;
  std::optional<std::string> replicates;
  std::string json;          // where the result document goes; empty: nowhere
  std::string trace;         // where the trace of one run goes; empty: nowhere
  std::string events;        // where its table of events goes; empty: nowhere
  std::string schedule;      // where its schedule goes, as WfFormat; empty: nowhere
  std::string trace_system;  // whose; empty: the first one's
  std::string plot;          // where the picture of a load goes; empty: nowhere
  unsigned threads = 0;
  bool explain = false;
  bool first_replicate_only = false;  // whatever the file says
  bool explain_time = false;          // the critical path of each system's first replicate
  // What else the command asks of the experiment, before anything runs; may throw Error.
  std::function<void(const experiment::Experiment&)> check_before;
};

// Those that a command honours, beside FILE, --set, --seed, --json and --explain:
// what it does not, it must not take.
struct HonouredFlags {
  bool replicates = true;     // --replicates
  bool trace = true;          // --trace, --events, --wfformat, --trace-system
  bool threads = true;        // --threads
  bool check = true;          // --check
  bool explain_time = false;  // --explain-time
  bool plot = true;           // --plot
};
void add_experiment_flags(command_line::Command command, ExperimentFlags& flags,
                          const HonouredFlags& honoured = {});

// Throws Error if a file that the command writes is any other one of its files. `experiment` names
// those that its parameters read.
void check_files(const ExperimentFlags& flags, std::span<const experiment::Experiment> experiments);

// The file with the flags laid over it.
parameters::ParameterTree experiment_tree(const ExperimentFlags& flags);

using Reporter =
    std::function<std::string(const experiment::Experiment&, std::span<const run::RunResult>)>;
// Makes the results: by run_experiment, or what takes its place.
struct Ran {
  std::vector<run::RunResult> results;
  std::optional<int> signal;  // that ended them; those that were not begun have failed
};
using Runner = Ran (*)(const experiment::Experiment&, unsigned threads, const simulation::Watches&);
Ran simulate(const experiment::Experiment& experiment, unsigned threads,
             const simulation::Watches& watches);
ExitCode run_experiment_command(const ExperimentFlags& flags, const Reporter& report,
                                Runner run = simulate);

}  // namespace wukong::commands
