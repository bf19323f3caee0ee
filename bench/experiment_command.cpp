#include "bench/experiment_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "bench/explain.h"
#include "bench/result_json.h"
#include "bench/settings.h"
#include "bench/text_file.h"

namespace wukong::bench {

void print(const std::string& text) { write_text_file("-", text); }

void add_experiment_flags(CLI::App& command, ExperimentFlags& flags) {
  command
      .add_option(
          "FILE", flags.file,
          "The experiment, in YAML; keys: platform, workload, systems, replicates, seed, horizon_s")
      ->required();
  command
      .add_option(
          "--set", flags.settings,
          "KEY=VALUE: changes a key of the experiment, e.g. workload.tsqr.rows=1048576; the "
          "value is YAML; may be given again")
      ->allow_extra_args(false);
  command.add_option("--seed", flags.seed, "The first replicate's seed");
  command.add_option("--json", flags.json, "Writes the result document to this file (-: stdout)");
  command.add_option("--threads", flags.threads, "Runs at the same time (default: all cores)")
      ->check(CLI::Range(1u, 4096u));
  command.add_flag("--explain", flags.explain,
                   "Prints every parameter with its unit, origin and source, and runs nothing");
}

ParameterTree experiment_tree(const ExperimentFlags& flags) {
  ParameterTree tree = read_experiment_tree(flags.file, flags.settings);
  if (flags.seed)
    tree.put("seed", ParameterTree::make_scalar(*flags.seed,
                                                {Origin::Kind::flag, "--seed " + *flags.seed, 0}));
  return tree;
}

ExitCode run_experiment_command(const ExperimentFlags& flags, Reporter report) {
  const Experiment experiment = make_experiment(experiment_tree(flags), program_catalog());
  if (flags.explain) {
    print(explain(experiment.effective));
    return kSuccess;
  }
  const std::vector<RunResult> results = run_experiment(experiment, flags.threads);
  // A document on the standard output is for a program: nothing else goes there.
  if (flags.json != "-") print(report(experiment, results));
  if (!flags.json.empty()) write_text_file(flags.json, result_document(experiment, results));
  return exit_code_of(results);
}

}  // namespace wukong::bench
