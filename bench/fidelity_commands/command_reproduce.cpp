#include "bench/fidelity_commands/command_reproduce.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <vector>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/experiment/catalog.h"
#include "bench/fidelity_commands/calibration_inputs.h"
#include "bench/fidelity_commands/quotable.h"
#include "bench/fidelity_commands/reproduction_trust.h"
#include "bench/files/file_roles.h"
#include "bench/files/marked_block.h"
#include "bench/files/text_file.h"
#include "bench/plot/gnuplot.h"
#include "bench/reproduction_report/fidelity.h"
#include "bench/reproduction_report/figure_csv.h"
#include "bench/reproduction_report/figure_plot.h"
#include "bench/reproduction_report/report_html.h"
#include "bench/reproduction_report/report_text.h"
#include "bench/reproduction_report/reproduction_json.h"
#include "bench/services/measurements.h"
#include "bench/text/output_width.h"
#include "bench/text/progress_bar.h"
#include "bench/text/table.h"
#include "bench/trust_report/sensitivity_report.h"
#include "sim/platform/platform_spec.h"

namespace wukong::fidelity_commands {
namespace {

struct ReproduceFlags {
  reproduction::ReproductionOptions options;
  TrustFlags trust;
  std::string folder = "reproduction";
  std::string json;
  std::string fidelity;
  bool list = false;
  bool quiet = false;
};

std::string list_figures(const reproduction::ReproductionLibrary& library) {
  text::Table table(
      {text::Table::Align::left, text::Table::Align::right, text::Table::Align::prose});
  table.add_row({"figure", "points", "title"});
  for (const reproduction::ReferenceFigure& figure : library.figures()) {
    const bool described = library.description(figure.name) != nullptr;
    table.add_row({figure.name, std::to_string(figure.series.size() * figure.x.size()),
                   figure.title + (described ? "" : " (not described yet)")});
  }
  return table.to_text({.width = text::output_width()});
}

void make_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error && !std::filesystem::is_directory(folder, error))
    error = std::make_error_code(std::errc::not_a_directory);
  if (error) throw Error({folder, 0, ""}, "cannot be made a folder: " + error.message());
}

// The drawn plots, as SVG by figure; empty texts if there is no gnuplot.
std::vector<std::string> draw(const std::vector<reproduction::FigureResult>& figures,
                              const std::string& folder, unsigned threads) {
  std::vector<std::string> plots(figures.size());
  std::vector<plot::Drawing> drawings;
  for (const reproduction::FigureResult& figure : figures) {
    const std::string stem = folder + "/" + figure.reference->name;
    files::write_text_file(stem + ".csv", reproduction_report::figure_csv(figure));
    files::write_text_file(stem + ".gnuplot", reproduction_report::figure_plot_script(
                                                  figure, reproduction_report::PlotScript::files));
    drawings.push_back(
        {reproduction_report::figure_plot_script(figure, reproduction_report::PlotScript::svg),
         stem + ".svg"});
    drawings.push_back(
        {reproduction_report::figure_plot_script(figure, reproduction_report::PlotScript::png),
         stem + ".png"});
  }
  if (!plot::have_gnuplot()) return plots;
  plot::draw_with_gnuplot(drawings, threads);
  for (size_t i = 0; i < figures.size(); ++i)
    plots[i] = files::read_text_file(folder + "/" + figures[i].reference->name + ".svg");
  return plots;
}

commands::ExitCode exit_code_of(const std::vector<reproduction::FigureResult>& figures) {
  for (const reproduction::FigureResult& figure : figures)
    for (const reproduction::PointResult& point : figure.points)
      for (const run::RunResult& run : point.runs)
        if (run.deadlocked) return commands::kDeadlock;
  return commands::kSuccess;  // failures are results here
}

std::vector<reproduction::FigureResult> run_figures(
    const reproduction::ReproductionLibrary& library, const ReproduceFlags& flags) {
  text::ProgressBar bar(
      flags.quiet ? text::ProgressBar::Form::quiet : text::ProgressBar::form_of_stderr(), "runs");
  return reproduction::reproduce(library, experiment::program_catalog(), flags.options,
                                 [&](const reproduction::CampaignProgress& progress) {
                                   bar.update(progress.work_done, progress.runs_done,
                                              progress.runs);
                                 });
}

// What a wrong command line would spoil, before the long work.
void check_files(const ReproduceFlags& flags) {
  make_folder(flags.folder);
  files::FileRoles roles;
  roles.reads("--cross-validation", flags.trust.cross_validation);
  roles.writes("--json", flags.json);
  roles.writes("--fidelity", flags.fidelity);
  roles.writes("the report", flags.folder + "/report.html");
  if (flags.trust.sensitivity)
    roles.writes("the sensitivities", flags.folder + "/sensitivity.json");
  files::check_can_be_written(flags.json);
  if (flags.fidelity.empty()) return;
  files::check_marked_block(flags.fidelity, reproduction_report::kFidelityBlock);
  if (flags.trust.sensitivity)
    files::check_marked_block(flags.fidelity, trust_report::kSensitivityBlock);
}

void write_quotable(const std::string& file, const reproduction::ReproductionLibrary& library,
                    const reproduction::Accuracy& accuracy, const TrustResults& trust) {
  if (files::has_marked_block(files::read_text_file(file), kQuotableBlock))
    files::write_marked_block(file, kQuotableBlock, quotable_lines(library, accuracy, trust));
}

void write_trust(const ReproduceFlags& flags, const TrustResults& trust) {
  if (!trust.sensitivity) return;
  files::write_text_file(flags.folder + "/sensitivity.json",
                         trust_report::sensitivity_document(*trust.sensitivity));
  if (!flags.fidelity.empty())
    files::write_marked_block(flags.fidelity, trust_report::kSensitivityBlock,
                              trust_report::sensitivity_markdown(*trust.sensitivity));
}

// With all figures as they are; none beside some figures, or with settings.
std::vector<services::Measurement> ask_services(const ReproduceFlags& flags) {
  if (!flags.options.figures.empty() || !flags.options.settings.empty()) return {};
  return services::measure_services(services::papers_platform());
}

commands::ExitCode run_reproduce(const ReproduceFlags& flags) {
  const reproduction::ReproductionLibrary library(reproduction::embedded_reproduction(),
                                                  kReproductionFolder);
  if (flags.list) {
    commands::print(list_figures(library));
    return commands::kSuccess;
  }
  reproduction::evaluate_headlines(library, {});  // a wrong formula shows before the long work
  TrustResults trust = read_trust(flags.trust, flags.options);
  check_files(flags);
  const std::vector<reproduction::FigureResult> figures = run_figures(library, flags);
  measure_trust(library, flags.trust, flags.options, flags.quiet, trust);
  const std::vector<services::Measurement> asked = ask_services(flags);
  const reproduction::Intervals* intervals = trust.intervals_or_null();
  const size_t replicates = flags.options.replicates;
  const std::vector<reproduction::Headline> headlines =
      reproduction::evaluate_headlines(library, figures);
  const reproduction::Accuracy accuracy = reproduction::measure_accuracy(figures);
  if (!flags.json.empty())
    files::write_text_file(flags.json, reproduction_report::reproduction_document(
                                           figures, headlines, accuracy, replicates, intervals));
  if (!flags.fidelity.empty()) {
    files::write_marked_block(
        flags.fidelity, reproduction_report::kFidelityBlock,
        reproduction_report::fidelity_tables(figures, accuracy, replicates, headlines, intervals) +
            services::measurements_markdown(asked));
    write_quotable(flags.fidelity, library, accuracy, trust);
  }
  write_trust(flags, trust);
  const std::vector<std::string> plots = draw(figures, flags.folder, flags.options.threads);
  const std::string report = flags.folder + "/report.html";
  files::write_text_file(report, reproduction_report::report_html(
                                     {figures, plots, headlines, accuracy, replicates, intervals,
                                      services::measurements_html(asked) + trust.html()}));
  if (flags.json != "-")
    commands::print(
        reproduction_report::report_reproduction(figures, headlines, accuracy, intervals) +
        trust.text() +
        fmt::format("\nwritten: {}, and CSV, SVG and PNG of each figure beside it\n", report));
  if (!plots.empty() && plots.front().empty())
    throw Error({flags.folder, 0, ""},
                "no plots: gnuplot is not installed (Debian package gnuplot-nox); CSV, JSON and "
                "the report without plots are written");
  return exit_code_of(figures);
}

// What runs figures; a list of them runs none.
std::vector<command_line::Flag> add_run_flags(command_line::Command command,
                                              ReproduceFlags& flags) {
  std::vector<command_line::Flag> runs;
  runs.push_back(
      command.value("FIGURE", flags.options.figures, "Figures, e.g. socc20-14 (default: all)"));
  runs.push_back(command.value("--replicates", flags.options.replicates, "Runs of each point")
                     .within(1, 1000)
                     .shows_default());
  runs.push_back(command.value("--out", flags.folder, "The folder for plots, CSV and report.html")
                     .shows_default());
  runs.push_back(
      command.value("--json", flags.json, "Writes the result document to this file (-: stdout)"));
  runs.push_back(
      command.value("--fidelity", flags.fidelity,
                    "Writes tables of the errors between the markers of this Markdown file"));
  runs.push_back(
      command
          .value("--threads", flags.options.threads, "Runs at the same time (default: all cores)")
          .within(1, 4096));
  runs.push_back(
      command
          .value("--set", flags.options.settings,
                 "KEY=VALUE: changes every point, e.g. platform.functions.memory_mb=1536 or "
                 "system.store=s3, or the points of one system: systems.wukong.invokers=4; "
                 "may be given again")
          .repeatable());
  runs.push_back(command.given(
      "--check", [&flags] { flags.options.settings.emplace_back("check=true"); },
      "Checks the invariants of every run; a broken one is a failure"));
  for (const command_line::Flag& flag : add_reproduction_trust_flags(command, flags.trust))
    runs.push_back(flag);
  return runs;
}

void add_flags(command_line::Command command, ReproduceFlags& flags) {
  const std::vector<command_line::Flag> runs = add_run_flags(command, flags);
  command_line::Flag list =
      command.given("--list", flags.list, "Lists the figures, and runs nothing");
  for (const command_line::Flag& flag : runs) list.excludes(flag);
  command.given("--quiet", flags.quiet, "Shows no progress");
}

}  // namespace

void add_reproduce_command(command_line::Command program) {
  command_line::Command command = program.add_command(
      "reproduce", "Runs the papers' figures and compares with the papers' values");
  command.footer(
      "Examples:\n"
      "  wukong reproduce\n"
      "  wukong reproduce socc20-14 pdsw19-4 --replicates 3 --out /tmp/figures\n"
      "  wukong reproduce socc20-13 --set systems.wukong.clustering_fan_out=false\n"
      "  wukong reproduce --json reproduction.json --quiet\n"
      "  wukong reproduce --intervals --sensitivity");
  const auto flags = std::make_shared<ReproduceFlags>();
  add_flags(command, *flags);
  command.does([flags] { return run_reproduce(*flags); });
}

}  // namespace wukong::fidelity_commands
