#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "bench/command.h"
#include "bench/gnuplot.h"
#include "bench/reproduction/fidelity.h"
#include "bench/reproduction/figure_csv.h"
#include "bench/reproduction/figure_plot.h"
#include "bench/reproduction/progress_bar.h"
#include "bench/reproduction/report_html.h"
#include "bench/reproduction/report_text.h"
#include "bench/reproduction/reproduction_json.h"
#include "bench/text/output_width.h"
#include "bench/text/table.h"
#include "bench/text/text_file.h"

namespace wukong::bench {
namespace {

constexpr const char* kFolder = "configs/reproduction";

struct ReproduceFlags {
  ReproductionOptions options;
  std::string folder = "reproduction";
  std::string json;
  std::string fidelity;
  bool list = false;
  bool quiet = false;
};

std::string list_figures(const ReproductionLibrary& library) {
  Table table({Table::Align::left, Table::Align::right, Table::Align::prose});
  table.add_row({"figure", "points", "title"});
  for (const ReferenceFigure& figure : library.figures()) {
    const bool described = library.description(figure.name) != nullptr;
    table.add_row({figure.name, std::to_string(figure.series.size() * figure.x.size()),
                   figure.title + (described ? "" : " (not described yet)")});
  }
  return table.to_text({.width = output_width()});
}

void make_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error && !std::filesystem::is_directory(folder, error))
    error = std::make_error_code(std::errc::not_a_directory);
  if (error) throw Error({folder, 0, ""}, "cannot be made a folder: " + error.message());
}

void write_fidelity(const std::string& file, const std::string& tables) {
  write_text_file(file, with_fidelity_tables(read_text_file(file), file, tables));
}
void check_markers_of(const std::string& file) {
  with_fidelity_tables(read_text_file(file), file, "");
}

// The drawn plots, as SVG by figure; empty texts if there is no gnuplot.
std::vector<std::string> draw(const std::vector<FigureResult>& figures, const std::string& folder,
                              unsigned threads) {
  std::vector<std::string> plots(figures.size());
  std::vector<Drawing> drawings;
  for (const FigureResult& figure : figures) {
    const std::string stem = folder + "/" + figure.reference->name;
    write_text_file(stem + ".csv", figure_csv(figure));
    write_text_file(stem + ".gnuplot", figure_plot_script(figure, PlotScript::files));
    drawings.push_back({figure_plot_script(figure, PlotScript::svg), stem + ".svg"});
    drawings.push_back({figure_plot_script(figure, PlotScript::png), stem + ".png"});
  }
  if (!have_gnuplot()) return plots;
  draw_with_gnuplot(drawings, threads);
  for (size_t i = 0; i < figures.size(); ++i)
    plots[i] = read_text_file(folder + "/" + figures[i].reference->name + ".svg");
  return plots;
}

ExitCode exit_code_of(const std::vector<FigureResult>& figures) {
  for (const FigureResult& figure : figures)
    for (const PointResult& point : figure.points)
      for (const RunResult& run : point.runs)
        if (run.deadlocked) return kDeadlock;
  return kSuccess;  // failures are results here
}

ExitCode run_reproduce(const ReproduceFlags& flags) {
  const ReproductionLibrary library(embedded_reproduction(), kFolder);
  if (flags.list) {
    print(list_figures(library));
    return kSuccess;
  }
  evaluate_headlines(library, {});  // a wrong formula shows before the long work
  make_folder(flags.folder);
  check_can_be_written(flags.json);
  if (!flags.fidelity.empty()) check_markers_of(flags.fidelity);
  std::vector<FigureResult> figures;
  {
    ProgressBar bar(flags.quiet ? ProgressBar::Form::quiet : ProgressBar::form_of_stderr(), "runs");
    figures =
        reproduce(library, program_catalog(), flags.options, [&](const CampaignProgress& progress) {
          bar.update(progress.work_done, progress.runs_done, progress.runs);
        });
  }
  const std::vector<Headline> headlines = evaluate_headlines(library, figures);
  const Accuracy accuracy = measure_accuracy(figures);
  if (!flags.json.empty())
    write_text_file(flags.json,
                    reproduction_document(figures, headlines, accuracy, flags.options.replicates));
  if (!flags.fidelity.empty())
    write_fidelity(flags.fidelity, fidelity_tables(figures, accuracy, flags.options.replicates));
  const std::vector<std::string> plots = draw(figures, flags.folder, flags.options.threads);
  const std::string report = flags.folder + "/report.html";
  write_text_file(report,
                  report_html({figures, plots, headlines, accuracy, flags.options.replicates}));
  if (flags.json != "-")
    print(report_reproduction(figures, headlines, accuracy) +
          fmt::format("\nwritten: {}, and CSV, SVG and PNG of each figure beside it\n", report));
  if (!plots.empty() && plots.front().empty())
    throw Error({flags.folder, 0, ""},
                "no plots: gnuplot is not installed (Debian package gnuplot-nox); CSV, JSON and "
                "the report without plots are written");
  return exit_code_of(figures);
}

}  // namespace

void add_reproduce_command(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "reproduce", "Runs the papers' figures and compares with the papers' values");
  command->footer(
      "Examples:\n"
      "  wukong reproduce\n"
      "  wukong reproduce socc20-14 pdsw19-4 --replicates 3 --out /tmp/figures\n"
      "  wukong reproduce socc20-13 --set systems.wukong.clustering_fan_out=false\n"
      "  wukong reproduce --json reproduction.json --quiet");
  const auto flags = std::make_shared<ReproduceFlags>();
  command->add_option("FIGURE", flags->options.figures, "Figures, e.g. socc20-14 (default: all)");
  command->add_option("--replicates", flags->options.replicates, "Runs of each point")
      ->check(CLI::Range(1u, 1000u))
      ->capture_default_str();
  command->add_option("--out", flags->folder, "The folder for plots, CSV and report.html")
      ->capture_default_str();
  command->add_option("--json", flags->json, "Writes the result document to this file (-: stdout)");
  command->add_option("--fidelity", flags->fidelity,
                      "Writes tables of the errors between the markers of this Markdown file");
  command
      ->add_option("--threads", flags->options.threads,
                   "Runs at the same time (default: all cores)")
      ->check(CLI::Range(1u, 4096u));
  command
      ->add_option("--set", flags->options.settings,
                   "KEY=VALUE: changes every point, e.g. platform.functions.memory_mb=1536 or "
                   "system.store=s3, or the points of one system: systems.wukong.invokers=4; "
                   "may be given again")
      ->allow_extra_args(false);
  command->add_flag_callback(
      "--check", [flags] { flags->options.settings.emplace_back("check=true"); },
      "Checks the invariants of every run; a broken one is a failure");
  command->add_flag("--list", flags->list, "Lists the figures, and runs nothing");
  command->add_flag("--quiet", flags->quiet, "Shows no progress");
  command->callback([flags, &action] { action = [flags] { return run_reproduce(*flags); }; });
}

}  // namespace wukong::bench
