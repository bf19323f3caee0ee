#include <memory>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/commands/experiment_command.h"
#include "bench/report/comparison.h"
#include "sim/base/error.h"

namespace wukong::commands {
namespace {

struct CompareFlags {
  ExperimentFlags experiment;
  report::ComparisonOptions options;
  std::string format = "table";
};

std::string comparison_report(const CompareFlags& flags, const experiment::Experiment& experiment,
                              std::span<const run::RunResult> results) {
  if (flags.format == "table") return report::report_comparison(experiment, results, flags.options);
  const report::SystemComparison comparison =
      report::compare_systems(experiment, results, flags.options);
  if (flags.format == "csv") return report::comparison_csv(comparison);
  if (flags.format == "json") return report::comparison_json(comparison);
  return report::comparison_markdown(comparison);
}

void check_flags(const CompareFlags& flags, const experiment::Experiment& experiment) {
  report::check_comparison(experiment, flags.options);
  const bool elsewhere = flags.experiment.json == "-" || flags.experiment.trace == "-";
  if (flags.format != "table" && elsewhere)
    throw Error({"--format " + flags.format, 0, ""}, "one document on the standard output",
                flags.experiment.json == "-" ? "also --json -" : "also --trace -");
}

void add_comparison_flags(command_line::Command command, CompareFlags& flags) {
  command.given("--all", flags.options.all, "Shows every metric, not only the headlines");
  command
      .value("--metric", flags.options.metrics,
             "Shows this metric (`wukong metrics` lists them); may be given again")
      .repeatable();
  command.value("--ratio-to", flags.options.ratio_to,
                "What ratios are to: first, best (of each metric), or a system");
  command.value("--format", flags.format, "table, csv, json or markdown (default: table)")
      .one_of({"table", "csv", "json", "markdown"});
}

}  // namespace

void add_compare_command(command_line::Command program) {
  command_line::Command command = program.add_command(
      "compare", "Runs an experiment: systems side by side, with their ratios to the first");
  command.footer(
      "Examples:\n"
      "  wukong compare configs/quickstart.yaml\n"
      "  wukong compare configs/quickstart.yaml --all\n"
      "  wukong compare configs/quickstart.yaml --metric cold_starts --format csv\n"
      "  wukong compare configs/quickstart.yaml \\\n"
      "    --set workload='{tree_reduction: {elements: 1024}}'\n"
      "  wukong compare configs/quickstart.yaml --set systems.numpywren.workers=256\n"
      "  wukong compare configs/quickstart.yaml \\\n"
      "    --set systems='[wukong, {wukong: {name: one-redis, store: redis-1}}]'");
  const auto flags = std::make_shared<CompareFlags>();
  add_experiment_flags(command, flags->experiment);
  add_comparison_flags(command, *flags);
  command.does([flags] {
    flags->options.width = text::output_width();
    flags->experiment.check_before = [flags =
                                          flags.get()](const experiment::Experiment& experiment) {
      check_flags(*flags, experiment);
    };
    return run_experiment_command(flags->experiment,
                                  [&](const auto& experiment, const auto& results) {
                                    return comparison_report(*flags, experiment, results);
                                  });
  });
}

}  // namespace wukong::commands
