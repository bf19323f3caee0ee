#include "bench/sweep_runner/command_sweep.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <memory>
#include <thread>

#include "bench/command_line/command.h"
#include "bench/commands/program.h"
#include "bench/experiment/catalog.h"
#include "bench/files/file_roles.h"
#include "bench/sweep_runner/dry_run.h"
#include "bench/text/format.h"
#include "bench/text/tell.h"

namespace wukong::sweep_runner {
namespace {

struct SweepFlags {
  std::string file;
  std::vector<std::string> settings;
  std::string results;
  std::string shard;
  unsigned threads = 0;
  bool dry_run = false;
  bool yes = false;
  bool quiet = false;
};

std::string count(int64_t number) { return text::format_count(static_cast<double>(number)); }

std::optional<size_t> whole_number(std::string_view text) {
  size_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

// "3/16": the third of sixteen.
Shard parse_shard(const std::string& text) {
  if (text.empty()) return {};
  const size_t slash = text.find('/');
  const auto index = whole_number(std::string_view(text).substr(0, slash));
  const auto count = slash == std::string::npos
                         ? std::nullopt
                         : whole_number(std::string_view(text).substr(slash + 1));
  if (!index || !count || *index < 1 || *index > *count)
    throw Error({"--shard " + text, 0, ""}, "K/N with K from 1 to N, such as 3/16",
                "\"" + text + "\"");
  return {*index - 1, *count};
}

void check_limit(const sweep::SweepPlan& plan, const SweepFlags& flags) {
  const auto points = static_cast<int64_t>(plan.points.size());
  if (flags.yes || points <= plan.point_limit) return;
  throw Error({plan.file, 0, "sweep"},
              fmt::format("at most {} points, or --yes", count(plan.point_limit)),
              fmt::format("{} points, {} runs", count(points), count(plan.most_runs())));
}

std::string go_on_text(const SweepFlags& flags) {
  std::string text = "wukong sweep " + flags.file;
  for (const std::string& setting : flags.settings) text += " --set '" + setting + "'";
  if (!flags.shard.empty()) text += " --shard " + flags.shard;
  if (flags.threads > 0) text += fmt::format(" --threads {}", flags.threads);
  if (flags.yes) text += " --yes";
  return text + " --results " + flags.results;
}

// Runs that several points share are computed once.
std::string where_from(const SweepProgress& progress) {
  const int64_t known = progress.before + progress.known;
  const int64_t shared = progress.committed - progress.computed - progress.known;
  std::string text =
      fmt::format("{} computed now, {} known before", count(progress.computed), count(known));
  if (shared > 0) text += fmt::format(", {} the same as at another point", count(shared));
  return text + fmt::format(", {} failed", count(progress.failed));
}

void report(const SweepFlags& flags, const SweepOutcome& outcome) {
  const SweepProgress& progress = outcome.progress;
  const int64_t done = progress.before + progress.committed;
  if (outcome.signal)
    text::tell("stopped: {} of {} runs are in {}; to go on: {}\n", count(done),
               count(progress.expected), flags.results, go_on_text(flags));
  else if (!flags.quiet)
    text::tell(
        "{} runs are in {}: {}; {}\n"
        "to see them: wukong results show --results {}\n",
        count(done), flags.results, where_from(progress), text::format_time(outcome.seconds),
        flags.results);
}

commands::ExitCode run_command(const SweepFlags& flags, const SweepRunner& runner) {
  const experiment::Catalog catalog = experiment::program_catalog();
  const sweep::SweepPlan plan = sweep::read_sweep(flags.file, flags.settings, catalog);
  const Shard shard = parse_shard(flags.shard);
  if (flags.dry_run) {
    sweep::check_sweep(plan, catalog);
    const unsigned threads =
        flags.threads > 0 ? flags.threads : std::max(1u, std::thread::hardware_concurrency());
    commands::print(describe_sweep(plan, catalog, threads, shard.count));
    return commands::kSuccess;
  }
  if (flags.results.empty()) throw Error({"--results", 0, ""}, "a file for the results", "nothing");
  files::FileRoles roles;
  const std::filesystem::path folder = std::filesystem::path(flags.file).parent_path();
  roles.reads("the sweep", flags.file);
  roles.writes_results("--results", flags.results);
  check_limit(plan, flags);
  for (const auto& [file, digest] : sweep::input_files(plan, catalog))
    roles.reads("an input", (folder / file).string());
  const SweepOutcome outcome =
      runner(plan, catalog,
             {flags.results, flags.threads, shard, ProgressDisplay::style_of_stderr(flags.quiet)});
  if (outcome.reported_elsewhere) return commands::kSuccess;
  commands::report_warnings(outcome.warnings);
  report(flags, outcome);
  if (outcome.signal) return static_cast<commands::ExitCode>(128 + *outcome.signal);
  return outcome.progress.failed > 0 ? commands::kRunFailed : commands::kSuccess;
}

}  // namespace

void add_sweep_command(command_line::Command program, const SweepRunner& runner) {
  command_line::Command command =
      program.add_command("sweep", "Runs an experiment at many points, and keeps the results");
  command.footer(
      "Examples:\n"
      "  wukong sweep configs/sweep.yaml --dry-run\n"
      "  wukong sweep configs/sweep.yaml --results study.db\n"
      "  wukong results show --results study.db\n"
      "  wukong sweep configs/sweep.yaml --shard 3/16 --results part3.db\n"
      "  mpirun -n 64 wukong sweep configs/sweep.yaml --results study.db\n"
      "Kill it at any moment and give the same command again: what is in the file is not\n"
      "computed again. docs/sweeps.md describes the file.");
  const auto flags = std::make_shared<SweepFlags>();
  command.value("FILE", flags->file, "The sweep, in YAML").required();
  command
      .value("--set", flags->settings,
             "KEY=VALUE: changes a key of the file; the value is YAML; may be given again")
      .repeatable();
  command.value(
      "--replicates",
      [flags](const std::string& number) { flags->settings.push_back("replicates=" + number); },
      "Runs of each system at each point");
  command.value("--results", flags->results, "The study's results: a new file, or one to continue");
  command.value("--threads", flags->threads, "Runs at the same time (default: all cores)")
      .within(1, 4096);
  command.value("--shard", flags->shard,
                "K/N: only each N-th point, from the K-th on; see wukong results merge");
  command.given(
      "--check", [flags] { flags->settings.emplace_back("check=true"); },
      "Checks the invariants of every run; a broken one is a failure");
  command.given("--dry-run", flags->dry_run, "Prints the points and an estimate of the time");
  command.given("--yes", flags->yes, "Runs more points than sweep.limit (10,000)");
  command.given("--quiet", flags->quiet, "Shows no progress");
  command.does([flags, runner] { return run_command(*flags, runner); });
}

}  // namespace wukong::sweep_runner
