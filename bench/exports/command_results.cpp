#include "bench/exports/command_results.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <memory>

#include "bench/command_line/command.h"
#include "bench/exports/export.h"
#include "bench/exports/plot.h"
#include "bench/exports/plot_labels.h"
#include "bench/exports/report_study.h"
#include "bench/files/file_roles.h"
#include "bench/files/text_file.h"
#include "bench/results/merge.h"
#include "bench/results/query.h"
#include "bench/results/query_guard.h"
#include "bench/text/tell.h"

namespace wukong::exports {
namespace {

struct ResultsFlags {
  std::string results;
  std::optional<int64_t> sweep;
  std::vector<std::string> metrics;
  double confidence = 0.95;
  std::string format = "csv";
  std::string of;
  std::string output = "-";
  std::string sql;
  double time_limit_s = 600;
  std::string axis;
  std::string facet;
  std::string log;
  std::string kind = "line";
  std::vector<std::string> where;
  std::vector<std::string> sources;
};
using Flags = std::shared_ptr<ResultsFlags>;

size_t metric_index(const results::Study& study, const std::string& name) {
  return static_cast<size_t>(&result::find_metric(name, "--metric") - study.metrics.data());
}

size_t axis_index(const results::Study& study, const std::string& name, const std::string& flag) {
  std::vector<size_t> found;
  for (size_t i = 0; i < study.axes.size(); ++i) {
    const std::string& axis = study.axes[i];
    if (axis == name) return i;
    if (axis.ends_with("." + name)) found.push_back(i);
  }
  if (found.size() == 1) return found.front();
  throw Error({flag, 0, ""}, fmt::format("an axis ({})", fmt::join(study.axes, ", ")),
              "\"" + name + "\"" + did_you_mean(name, study.axes));
}

// A value that the axis has, as the study has written it.
std::string value_of_axis(const results::Study& study, size_t axis, const std::string& value) {
  std::vector<std::string> known;
  for (const results::StudyPoint& point : study.points) {
    const std::string& other = point.coordinates[axis];
    const std::optional<double> number = number_of_text(other);
    if (other == value || (number && number == number_of_text(value))) return other;
    if (std::find(known.begin(), known.end(), other) == known.end()) known.push_back(other);
  }
  throw Error({"--where", 0, study.axes[axis]},
              fmt::format("a value that it has here ({})", fmt::join(known, ", ")),
              "\"" + value + "\"");
}

results::ResultStore open(const ResultsFlags& flags) {
  files::FileRoles roles;
  roles.writes("-o", flags.output);
  roles.reads("--results", flags.results);
  return results::ResultStore::open_for_reading(flags.results);
}

results::Study load(results::ResultStore& store, const ResultsFlags& flags) {
  return results::load_study(store, flags.sweep);
}

results::Study load(const ResultsFlags& flags) {
  results::ResultStore store = open(flags);
  return load(store, flags);
}

// As it is for a program; a terminal would obey what names and values of the file tell it.
void write_document(const ResultsFlags& flags, const std::string& text) {
  if (flags.output == "-" && ::isatty(STDOUT_FILENO) == 1)
    commands::print(text);
  else
    files::write_text_file(flags.output, text);
}

commands::ExitCode show(const ResultsFlags& flags) {
  const results::Study study = load(flags);
  std::vector<std::string> names = flags.metrics;
  if (names.empty()) names = {"makespan_s", "cost_usd"};
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : "\n") +
            report_study(study, metric_index(study, name), flags.confidence, text::output_width());
  commands::print(text);
  return commands::kSuccess;
}

ExportOptions export_options(const results::Study& study, const ResultsFlags& flags) {
  ExportOptions options;
  options.confidence = flags.confidence;
  const std::string of = !flags.of.empty()            ? flags.of
                         : flags.format == "markdown" ? "statistics"
                                                      : "runs";
  options.of = of == "statistics"    ? ExportOf::statistics
               : of == "comparisons" ? ExportOf::comparisons
                                     : ExportOf::runs;
  for (const std::string& name : flags.metrics)
    options.metrics.push_back(metric_index(study, name));
  for (size_t i = 0; i < study.metrics.size() && flags.metrics.empty(); ++i)
    options.metrics.push_back(i);
  return options;
}

commands::ExitCode export_study(const ResultsFlags& flags) {
  const results::Study study = load(flags);
  const ExportOptions options = export_options(study, flags);
  std::string text;
  if (flags.format == "json")
    text = export_json(study, options);
  else if (flags.format == "csv-comma")
    text = export_csv_comma(study, options);
  else if (flags.format == "markdown")
    text = export_markdown(study, options);
  else
    text = export_csv(study, options);
  write_document(flags, text);
  return commands::kSuccess;
}

commands::ExitCode query(const ResultsFlags& flags) {
  results::ResultStore store = open(flags);
  const results::Study study = load(store, flags);
  const std::chrono::duration<double> longest(flags.time_limit_s);
  try {
    write_document(flags, results::query_results(
                              store, study, flags.sql,
                              std::chrono::duration_cast<std::chrono::nanoseconds>(longest)));
  } catch (const results::QueryInterrupted& interrupted) {
    text::tell("wukong: {}\n", interrupted.what());
    return commands::exit_code_of_signal(interrupted.signal());
  }
  return commands::kSuccess;
}

PlotOptions plot_options(const results::Study& study, const ResultsFlags& flags) {
  PlotOptions options;
  options.confidence = flags.confidence;
  if (!flags.metrics.empty()) options.metrics.clear();
  for (const std::string& name : flags.metrics)
    options.metrics.push_back(metric_index(study, name));
  options.axis = flags.axis.empty() ? 0 : axis_index(study, flags.axis, "--x");
  if (!flags.facet.empty()) options.facet = axis_index(study, flags.facet, "--facet");
  if (options.facet == options.axis)
    throw Error({"--facet", 0, ""}, "another axis than the one along x",
                "\"" + study.axes[options.axis] + "\"");
  options.kind = flags.kind == "bar" ? PlotKind::bar : PlotKind::line;
  if (!flags.log.empty()) options.log_x = flags.log != "y" && flags.log != "none";
  options.log_y = flags.log == "y" || flags.log == "xy";
  options.output = flags.output;
  for (const std::string& condition : flags.where) {
    const size_t equals = condition.find('=');
    if (equals == std::string::npos)
      throw Error({"--where", 0, ""}, "AXIS=VALUE", "\"" + condition + "\"");
    const size_t axis = axis_index(study, condition.substr(0, equals), "--where");
    const auto [known, is_new] =
        options.where.emplace(axis, value_of_axis(study, axis, condition.substr(equals + 1)));
    if (!is_new)
      throw Error({"--where " + condition, 0, ""}, "one value of " + study.axes[axis],
                  "also \"" + known->second + "\"");
  }
  return options;
}

commands::ExitCode plot(const ResultsFlags& flags) {
  const results::Study study = load(flags);
  if (study.axes.empty())
    throw Error({flags.results, 0, ""}, "a sweep with an axis to plot against", "none");
  draw_plot(study, plot_options(study, flags));
  return commands::kSuccess;
}

commands::ExitCode merge(const ResultsFlags& flags) {
  const results::MergeCount count = results::merge_results(flags.results, flags.sources);
  text::tell("{}: {} new runs at {} new places of sweeps, from {} files\n", flags.results,
             count.runs, count.cells, flags.sources.size());
  return commands::kSuccess;
}

command_line::Command add_command(command_line::Command results, const Flags& flags,
                                  const std::string& name, const std::string& about,
                                  commands::ExitCode (*act)(const ResultsFlags&)) {
  command_line::Command command = results.add_command(name, about);
  command.value("--results", flags->results, "The study's results file").required();
  command.does([flags, act] { return act(*flags); });
  return command;
}

void add_metrics_flag(command_line::Command command, const Flags& flags,
                      const std::string& otherwise) {
  command
      .value(
          "--metric", flags->metrics,
          "A metric (`wukong metrics` lists them); may be given again (default: " + otherwise + ")")
      .repeatable();
}

void add_study_flags(command_line::Command command, const Flags& flags) {
  command.value("--sweep", flags->sweep,
                "The number of the sweep in the file (default: the last one)");
  command.value("--confidence", flags->confidence, "Of intervals (default: 0.95)")
      .within_reals(0.5, 0.999999);
}

}  // namespace

void add_results_command(command_line::Command program) {
  command_line::Command results = program.add_command("results", "Looks at what sweeps have kept");
  results.require_command();
  results.footer(
      "Examples:\n"
      "  wukong results show --results study.db --metric makespan_s\n"
      "  wukong results export --results study.db --format csv -o study.csv\n"
      "  wukong results sql --results study.db \\\n"
      "    \"SELECT system, avg(cost_usd) FROM results GROUP BY system\"\n"
      "  wukong results plot --results study.db --x rows -o time.svg\n"
      "  wukong results plot --results study.db --x rows \\\n"
      "    --facet memory_mb --log xy -o all.png\n"
      "  wukong results merge part*.db --results study.db");
  const Flags flags = std::make_shared<ResultsFlags>();
  command_line::Command showing = add_command(
      results, flags, "show", "Means with intervals, and ratios to the first system", show);
  add_study_flags(showing, flags);
  add_metrics_flag(showing, flags, "makespan_s and cost_usd");

  command_line::Command exporting =
      add_command(results, flags, "export", "Documents for other programs", export_study);
  add_study_flags(exporting, flags);
  add_metrics_flag(exporting, flags, "all");
  exporting
      .value("--format", flags->format,
             "csv (default), csv-comma (12,5; for spreadsheets), json or markdown")
      .one_of({"csv", "csv-comma", "json", "markdown"});
  exporting
      .value("--of", flags->of,
             "Lines of what: runs, statistics or comparisons (JSON has all of them)")
      .one_of({"runs", "statistics", "comparisons"});
  exporting.value("-o,--output", flags->output, "The file (default: standard output)");

  command_line::Command sql = add_command(
      results, flags, "sql", "A SELECT on the file and the view `results`, as CSV", query);
  sql.value("STATEMENT", flags->sql, "e.g. \"SELECT * FROM results\"").required();
  sql.value("--sweep", flags->sweep, "The sweep that the view shows (default: the last)");
  sql.value("--time-limit", flags->time_limit_s,
            "A statement that runs for more seconds is an error (default: 600)")
      .within_reals(0.001, 1e9);
  sql.value("-o,--output", flags->output, "The file (default: standard output)");

  command_line::Command plotting = add_command(
      results, flags, "plot", "A plot of metrics against an axis, with intervals", plot);
  add_study_flags(plotting, flags);
  add_metrics_flag(plotting, flags, "makespan_s");
  plotting.value("--x", flags->axis, "The axis (default: the first); its last part will do");
  plotting.value("--facet", flags->facet, "An axis with a panel for each of its values");
  plotting
      .value("--log", flags->log,
             "Logarithmic axes: x, y, xy or none (default: x if its values grow by factors)")
      .one_of({"x", "y", "xy", "none"});
  plotting.value("--kind", flags->kind, "line or bar").one_of({"line", "bar"});
  plotting.value("--where", flags->where, "AXIS=VALUE: only those points; may be given again")
      .repeatable();
  plotting.value("-o,--output", flags->output, "The picture: .svg, .png or .pdf").required();

  command_line::Command merging = add_command(
      results, flags, "merge", "Puts the files of shards, or of studies, into one", merge);
  merging.value("SOURCES", flags->sources, "Results files").required();
}

}  // namespace wukong::exports
