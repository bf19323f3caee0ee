#include "bench/fuzz/command_fuzz.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>

#include "bench/command_line/command.h"
#include "bench/files/file_roles.h"
#include "bench/files/text_file.h"
#include "bench/fuzz/case_generator.h"
#include "bench/fuzz/fuzz_summary.h"
#include "bench/fuzz/option_catalog.h"
#include "bench/fuzz/shrink.h"
#include "bench/fuzz/small_dag_cases.h"
#include "bench/fuzz/swarm.h"
#include "bench/text/tell.h"
#include "sim/base/error.h"

namespace wukong::fuzz {
namespace {

struct FuzzFlags {
  uint64_t seed = 1;
  uint64_t first = 0;
  std::optional<uint64_t> runs;
  std::string time;
  std::string text;  // of a case
  std::vector<std::string> workflows;
  std::optional<size_t> small_dags;
  bool shrink = false;
  unsigned threads = 0;
  std::string json;
  bool quiet = false;
};

constexpr uint64_t kWithoutEnd = ~uint64_t{0} >> 1;

// 90, 90s, 10m, 2h.
std::optional<double> seconds_of_text(const std::string& text) {
  if (text.empty()) return std::nullopt;
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  const std::string unit(rest, end);
  const double factor = unit.empty() || unit == "s" ? 1 : unit == "m" ? 60 : unit == "h" ? 3600 : 0;
  if (error != std::errc() || factor == 0 || !(value > 0) || value > 1e9)
    throw Error({"--time", 0, ""}, "a time such as 60s, 10m or 2h", "\"" + text + "\"");
  return value * factor;
}

class Progress {
 public:
  explicit Progress(bool quiet) : shown_(!quiet && ::isatty(STDERR_FILENO) != 0) {}
  void show(const SwarmResult& so_far, double seconds) {
    if (!shown_ || seconds < next_) return;
    next_ = seconds + 0.5;
    text::tell("\r{}\033[K", progress_text(so_far.total, seconds));
    drawn_ = true;
  }
  ~Progress() {
    if (drawn_) text::tell("\r\033[K");
  }

 private:
  bool shown_;
  bool drawn_ = false;
  double next_ = 0;
};

// A file is looked for where the program runs; a replay's line must not depend on that.
std::vector<std::string> absolute(std::vector<std::string> files) {
  for (std::string& file : files) {
    if (!std::filesystem::exists(file)) throw Error({file, 0, ""}, "a WfFormat file", "no file");
    file = std::filesystem::absolute(file).string();
  }
  return files;
}

FuzzSummary fuzz(const FuzzFlags& flags, const FuzzWork& work, uint64_t end,
                 const std::set<std::string>& option_names = {}) {
  const SwarmOptions options{.first = flags.first,
                             .end = end,
                             .seconds = seconds_of_text(flags.time),
                             .workers = flags.threads,
                             .options = option_names};
  FuzzSummary summary;
  Progress progress(flags.quiet);
  const SwarmResult result =
      run_swarm(work, options, [&](const SwarmResult& so_far, double seconds) {
        progress.show(so_far, seconds);
        summary.seconds = seconds;
      });
  summary.total = result.total;
  summary.coverage = result.coverage;
  if (result.failure) summary.failure = FuzzFailure{*result.failure, "", std::nullopt};
  return summary;
}

void shrink_failure(const FuzzCase& failing, const OptionCatalog& options, FuzzFailure& failure) {
  constexpr double kPatience = 30;  // seconds
  const auto trial = [&](const FuzzCase& candidate) {
    const std::string text = candidate.to_text();
    return run_apart([&](uint64_t index) { return report_case(index, text, options); }, kPatience)
        .violations;
  };
  failure.shrunk = shrink(failing, faults::parse_fault_points(failure.report.points), trial);
}

FuzzSummary fuzz_at_random(const FuzzFlags& flags) {
  const std::vector<std::string> workflows = absolute(flags.workflows);
  const OptionCatalog options;
  const auto work = [&](uint64_t index) {
    const FuzzCase made = random_case(options, flags.seed, index, workflows);
    return report_case(index, made.to_text(), options);
  };
  const uint64_t runs = flags.runs.value_or(flags.time.empty() ? 1000 : kWithoutEnd);
  FuzzSummary summary =
      fuzz(flags, work, flags.first + std::min(runs, kWithoutEnd), options.names());
  if (!summary.failure) return summary;
  const uint64_t index = summary.failure->report.index;
  std::string files;
  for (const std::string& file : workflows) files += fmt::format(" --wfformat '{}'", file);
  summary.failure->replay =
      fmt::format("wukong fuzz --seed {} --first {} --runs 1{}", flags.seed, index, files);
  const FuzzCase failing = random_case(options, flags.seed, index, workflows);
  summary.failure->report.text = failing.to_text();  // one that hung could not say it
  if (flags.shrink) shrink_failure(failing, options, *summary.failure);
  return summary;
}

FuzzSummary fuzz_one(const FuzzFlags& flags) {
  prepare_case(flags.text);  // its errors are the user's
  const auto work = [&](uint64_t index) { return report_case(index, flags.text); };
  FuzzSummary summary = fuzz(flags, work, flags.first + 1);
  if (summary.failure) summary.failure->replay = fmt::format("wukong fuzz --case '{}'", flags.text);
  return summary;
}

FuzzSummary fuzz_small_dags(const FuzzFlags& flags) {
  if (*flags.small_dags < 1 || *flags.small_dags > 5)
    throw Error({"--small-dags", 0, ""}, "1 to 5 tasks", std::to_string(*flags.small_dags));
  const SmallDagCases cases(*flags.small_dags);
  const auto work = [&](uint64_t index) { return cases.run(index); };
  FuzzSummary summary = fuzz(flags, work, cases.count());
  if (summary.failure)
    summary.failure->replay =
        summary.failure->report.text.empty()
            ? fmt::format("wukong fuzz --small-dags {} --first {}", *flags.small_dags,
                          summary.failure->report.index)
            : fmt::format("wukong fuzz --case '{}'", summary.failure->report.text);
  return summary;
}

commands::ExitCode run_fuzz(const FuzzFlags& flags) {
  files::FileRoles roles;
  for (const std::string& file : flags.workflows) roles.reads("--wfformat", file);
  roles.writes("--json", flags.json);
  FuzzSummary summary;
  if (!flags.text.empty())
    summary = fuzz_one(flags);
  else if (flags.small_dags)
    summary = fuzz_small_dags(flags);
  else
    summary = fuzz_at_random(flags);
  if (!flags.json.empty()) files::write_text_file(flags.json, summary_document(summary));
  if (flags.json != "-") commands::print(summary_text(summary));
  return summary.failure ? commands::kRunFailed : commands::kSuccess;
}

}  // namespace

void add_fuzz_command(command_line::Command program) {
  command_line::Command command =
      program.add_command("fuzz", "Random runs with random faults: no invariant may be violated");
  command.footer(
      "Examples:\n"
      "  wukong fuzz --seed 1 --time 60s --shrink\n"
      "  wukong fuzz --seed 1 --first 4711 --runs 1\n"
      "  wukong fuzz --small-dags 4\n"
      "  wukong fuzz --time 10m --wfformat montage.json\n"
      "What each system promises under which faults: docs/faults.md.");
  const auto flags = std::make_shared<FuzzFlags>();
  constexpr uint64_t kMostNumber = 1'000'000'000'000;
  command_line::Flag seed =
      command.value("--seed", flags->seed, "Run i depends on the seed and on i (default: 1)")
          .within(0, kMostNumber);
  command_line::Flag first =
      command.value("--first", flags->first, "The first run's number (default: 0)")
          .within(0, kMostNumber);
  command_line::Flag runs =
      command.value("--runs", flags->runs, "How many (default: 1000; with --time: without end)")
          .within(1, kMostNumber);
  command_line::Flag time =
      command.value("--time", flags->time, "Wall time after which it ends: 60s, 10m, 2h");
  command_line::Flag smaller = command.given(
      "--shrink", flags->shrink, "Makes the first failing run as small as it gets, and prints it");
  command_line::Flag one =
      command.value("--case", flags->text, "Runs this one: an experiment in YAML, in one line");
  command_line::Flag small_dags =
      command.value("--small-dags", flags->small_dags,
                    "Every DAG of up to so many tasks on every system, with every single fault");
  command_line::Flag workflows =
      command.value("--wfformat", flags->workflows, "WfFormat files to run, too");
  for (command_line::Flag all : {one, small_dags})  // they say what runs, and how much
    all.excludes(seed).excludes(runs).excludes(workflows).excludes(smaller);
  one.excludes(small_dags).excludes(first).excludes(time);
  command.value("--threads", flags->threads, "Processes (default: all cores)").within(1, 4096);
  command.value("--json", flags->json, "Writes the summary to this file (-: stdout)");
  command.given("--quiet", flags->quiet, "Shows no progress");
  command.does([flags] { return run_fuzz(*flags); });
}

}  // namespace wukong::fuzz
