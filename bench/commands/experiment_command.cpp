#include "bench/commands/experiment_command.h"

#include <fmt/format.h>

#include "bench/command_line/command.h"
#include "bench/commands/program.h"
#include "bench/commands/run_listeners.h"
#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/files/file_roles.h"
#include "bench/files/text_file.h"
#include "bench/load_report/load_report.h"
#include "bench/parameters/explain.h"
#include "bench/parameters/settings.h"
#include "bench/plot/gnuplot.h"
#include "bench/result/result_json.h"
#include "bench/simulation/run.h"

namespace wukong::commands {

namespace {

void add_experiment_and_seed(command_line::Command command, ExperimentFlags& flags) {
  command
      .value(
          "FILE", flags.file,
          "The experiment, in YAML; keys: platform, workload, systems, replicates, seed, "
          "faults (docs/faults.md), horizon_s (simulated time after which a run has failed: 86400)")
      .required();
  command
      .value("--set", flags.settings,
             "KEY=VALUE: changes a key of the experiment, e.g. workload.tsqr.rows=1048576; the "
             "value is YAML; may be given again")
      .repeatable();
  command.value("--seed", flags.seed, "The first replicate's seed");
}

// What --explain, which runs nothing, cannot write.
std::vector<command_line::Flag> add_documents(command_line::Command command, ExperimentFlags& flags,
                                              bool trace) {
  std::vector<command_line::Flag> documents{
      command.value("--json", flags.json, "Writes the result document to this file (-: stdout)")};
  if (!trace) return documents;
  documents.push_back(
      command.value("--trace", flags.trace,
                    "Writes a trace of the first replicate to this file, for ui.perfetto.dev "
                    "(-: stdout; see docs/tracing.md)"));
  documents.push_back(command.value(
      "--events", flags.events,
      "Writes what happened in the first replicate as a table in CSV, compressed if the file ends "
      "in .gz (-: stdout; see docs/tracing.md)"));
  documents.push_back(
      command.value("--wfformat", flags.schedule,
                    "Writes the schedule of the first replicate as WfFormat (-: stdout)"));
  command.value("--trace-system", flags.trace_system,
                "The system that these three show (default: the first one)");
  return documents;
}

}  // namespace

void add_experiment_flags(command_line::Command command, ExperimentFlags& flags,
                          const HonouredFlags& honoured) {
  add_experiment_and_seed(command, flags);
  if (honoured.replicates)
    command.value("--replicates", flags.replicates,
                  "Runs of each system, with the seeds seed, seed + 1, ...");
  const std::vector<command_line::Flag> documents = add_documents(command, flags, honoured.trace);
  if (honoured.threads)
    command.value("--threads", flags.threads, "Runs at the same time (default: all cores)")
        .within(1, 4096);
  if (honoured.check)
    command.given(
        "--check", [&flags] { flags.settings.emplace_back("check=true"); },
        "Checks the invariants of every run; a broken one is a failure");
  if (honoured.plot)
    command.value("--plot", flags.plot,
                  "Draws a load's responses and concurrency, of each system's first replicate "
                  "(.svg, .png or .pdf; gnuplot)");
  if (honoured.explain_time)
    command.given("--explain-time", flags.explain_time,
                  "Says what each system's first replicate waited for (docs/explain-time.md)");
  command_line::Flag explain =
      command.given("--explain", flags.explain,
                    "Prints every parameter with its unit, origin and source, and runs nothing");
  for (command_line::Flag document : documents) explain.excludes(document);
}

parameters::ParameterTree experiment_tree(const ExperimentFlags& flags) {
  std::vector<std::string> settings = flags.settings;
  if (flags.seed) settings.push_back("seed=" + *flags.seed);
  parameters::check_given_once(settings);
  parameters::ParameterTree tree = experiment::read_experiment_tree(flags.file, flags.settings);
  if (flags.seed)
    tree.put("seed",
             parameters::ParameterTree::make_scalar(
                 *flags.seed, {parameters::Origin::Kind::flag, "--seed " + *flags.seed, 0}));
  if (flags.replicates)
    tree.put("replicates", parameters::ParameterTree::make_scalar(
                               *flags.replicates, {parameters::Origin::Kind::flag,
                                                   "--replicates " + *flags.replicates, 0}));
  return tree;
}

namespace {

// The flags whose document goes there.
std::vector<std::string> on_stdout(const ExperimentFlags& flags) {
  std::vector<std::string> names;
  if (flags.json == "-") names.emplace_back("--json");
  if (flags.trace == "-") names.emplace_back("--trace");
  if (flags.events == "-") names.emplace_back("--events");
  if (flags.schedule == "-") names.emplace_back("--wfformat");
  return names;
}

// Before the runs, which may take long. A document on the standard output is for a program: nothing
// else goes there.
void check_outputs(const ExperimentFlags& flags) {
  files::check_can_be_written(flags.json);
  files::check_can_be_written(flags.trace);
  files::check_can_be_written(flags.events);
  files::check_can_be_written(flags.schedule);
  files::check_can_be_written(flags.plot);
  if (!flags.plot.empty() && !plot::have_gnuplot())
    throw Error({"--plot", 0, ""}, "gnuplot, which draws it", "none on the PATH");
  if (!flags.plot.empty() && !plot::can_be_drawn(flags.plot))
    throw Error({"--plot", 0, ""}, "a file that ends in .svg, .png or .pdf",
                "\"" + flags.plot + "\"");
  const std::vector<std::string> streams = on_stdout(flags);
  if (streams.size() > 1)
    throw Error({streams[1] + " -", 0, ""}, "one document on the standard output",
                "also the " + std::string(streams[0] == "--json" ? "result document (--json -)"
                                                                 : "one of " + streams[0]));
  if (flags.trace.empty() && flags.events.empty() && flags.schedule.empty() &&
      !flags.trace_system.empty())
    throw Error({"--trace-system " + flags.trace_system, 0, ""}, "--trace FILE beside it",
                "no --trace");
}

// Each system's first replicate, if it could run.
void draw(const std::string& output, const experiment::Experiment& experiment,
          const std::vector<run::RunResult>& results) {
  std::vector<run::RunResult> firsts;
  for (size_t i = 0; i < results.size(); i += static_cast<size_t>(experiment.replicates))
    if (results[i].load) firsts.push_back(results[i]);
  if (!firsts.empty()) load_report::draw_load(firsts, output);
}

}  // namespace

void check_files(const ExperimentFlags& flags,
                 std::span<const experiment::Experiment> experiments) {
  files::FileRoles roles;
  roles.reads("the experiment", flags.file);
  for (const experiment::Experiment& experiment : experiments)
    for (const parameters::EffectiveParameter& parameter : experiment.effective)
      if (!parameter.content.empty())
        roles.reads(parameters::path_text(parameter), parameters::to_text(parameter.value));
  roles.writes("--json", flags.json);
  roles.writes("--trace", flags.trace);
  roles.writes("--events", flags.events);
  roles.writes("--wfformat", flags.schedule);
  roles.writes("--plot", flags.plot);
}

Ran simulate(const experiment::Experiment& experiment, unsigned threads,
             const simulation::Watches& watches) {
  return {simulation::run_experiment(experiment, threads, watches), std::nullopt};
}

ExitCode run_experiment_command(const ExperimentFlags& flags, const Reporter& report, Runner run) {
  check_outputs(flags);
  experiment::Experiment experiment =
      experiment::make_experiment(experiment_tree(flags), experiment::program_catalog());
  if (flags.first_replicate_only) experiment::keep_first_replicate(experiment);
  if (flags.explain) {
    print(explain(experiment.effective, text::output_width()));
    return kSuccess;
  }
  check_files(flags, {&experiment, 1});
  if (flags.check_before) flags.check_before(experiment);
  RunListeners listeners(flags, experiment);
  Ran ran = run(experiment, flags.threads, listeners.watches());
  listeners.close(ran.results);
  const std::vector<run::RunResult>& results = ran.results;
  report_warnings(run::warnings_of(results));
  // The file first: who reads the report may stop reading.
  if (!flags.json.empty())
    files::write_text_file(flags.json, result::result_document(experiment, results));
  if (!flags.plot.empty()) draw(flags.plot, experiment, results);
  if (on_stdout(flags).empty()) print(report(experiment, results));
  return ran.signal ? exit_code_of_signal(*ran.signal) : exit_code_of(results);
}

}  // namespace wukong::commands
