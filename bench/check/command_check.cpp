#include "bench/check/command_check.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "bench/check/comparison.h"
#include "bench/command_line/command.h"
#include "bench/experiment/catalog.h"
#include "bench/files/file_roles.h"
#include "bench/files/text_file.h"
#include "bench/sweep_runner/sweep_runner.h"
#include "bench/text/tell.h"
#include "runtime/processes/scratch_folder.h"

namespace wukong::check {
namespace {

struct CheckFlags {
  std::string file;
  std::string baseline;
  std::string junit;
  std::string results;
  std::vector<std::string> settings;
  unsigned threads = 0;
  bool update = false;
  bool quiet = false;
};

std::optional<results::Study> run_suite(const Suite& suite, const experiment::Catalog& catalog,
                                        const CheckFlags& flags, const std::string& results) {
  const sweep_runner::SweepOutcome outcome = sweep_runner::run_sweep(
      suite.plan, catalog,
      {results, flags.threads, {}, sweep_runner::ProgressDisplay::style_of_stderr(flags.quiet)});
  if (outcome.signal) return std::nullopt;
  results::ResultStore store = results::ResultStore::open_for_reading(results);
  return results::load_study(store, std::nullopt);
}

void check_files(const CheckFlags& flags, const std::map<std::string, std::string>& inputs) {
  const std::filesystem::path folder = std::filesystem::path(flags.file).parent_path();
  files::FileRoles roles;
  roles.reads("the suite", flags.file);
  for (const auto& [file, digest] : inputs) roles.reads("an input", (folder / file).string());
  if (flags.update)
    roles.writes("--baseline", flags.baseline);
  else
    roles.reads("--baseline", flags.baseline);
  roles.writes("--junit", flags.junit);
  roles.writes_results("--results", flags.results);
}

commands::ExitCode compare(const Suite& suite, const Baseline& now, const CheckFlags& flags) {
  const CheckResult result = compare_with_baseline(now, read_baseline(flags.baseline), suite);
  if (!flags.junit.empty())
    files::write_text_file(flags.junit,
                           junit_xml(result, std::filesystem::path(flags.file).stem().string()));
  commands::print(report_check(result, text::output_width()));
  if (result.changed() > 0) return commands::kRegression;
  return result.missing() > 0 ? commands::kNoBaseline : commands::kSuccess;
}

commands::ExitCode check(const CheckFlags& flags) {
  const experiment::Catalog catalog = experiment::program_catalog();
  const Suite suite = read_suite(flags.file, flags.settings, catalog);
  check_files(flags, sweep::input_files(suite.plan, catalog));
  files::check_can_be_written(flags.junit);
  if (flags.update) files::check_can_be_written(flags.baseline);
  // What cannot be compared should not be computed first.
  if (!flags.update) read_baseline(flags.baseline);
  // A results file that nobody asked for goes when the check is over.
  const processes::ScratchFolder scratch;
  const std::string results =
      flags.results.empty() ? (scratch.path() / "check.db").string() : flags.results;
  const std::optional<results::Study> study = run_suite(suite, catalog, flags, results);
  if (!study) return commands::kInterrupted;
  const Baseline now{baseline_of(*study, suite.metrics), sweep::input_files(suite.plan, catalog)};
  if (!flags.update) return compare(suite, now, flags);
  files::write_text_file(flags.baseline, baseline_text(now));
  text::tell("{}: {} runs\n", flags.baseline, now.runs.size());
  return commands::kSuccess;
}

}  // namespace

void add_check_command(command_line::Command program) {
  command_line::Command command =
      program.add_command("check", "Runs a suite and compares it with a baseline");
  command.footer(
      "Exit codes: 0 as before; 1 a metric changed; 2 bad input; 3 the baseline lacks a run.\n\n"
      "Examples:\n"
      "  wukong check configs/regression.yaml \\\n"
      "    --baseline configs/regression-baseline.json\n"
      "  wukong check configs/regression.yaml \\\n"
      "    --baseline configs/regression-baseline.json --update\n"
      "  wukong check suite.yaml --baseline base.json --junit report.xml");
  const auto flags = std::make_shared<CheckFlags>();
  command.value("SUITE", flags->file, "The suite: a sweep, in YAML").required();
  command.value("--baseline", flags->baseline, "What it gave before, in JSON").required();
  command_line::Flag update = command.given("--update", flags->update, "Writes the baseline anew");
  command.value("--junit", flags->junit, "Writes a report in JUnit's XML to this file")
      .excludes(update);  // which compares nothing
  command.value("--results", flags->results, "Keeps the results in this file");
  command
      .value("--set", flags->settings, "KEY=VALUE: changes a key of the suite; may be given again")
      .repeatable();
  command.value("--threads", flags->threads, "Runs at the same time (default: all cores)")
      .within(1, 4096);
  command.given("--quiet", flags->quiet, "Shows no progress");
  command.does([flags] { return check(*flags); });
}

}  // namespace wukong::check
