#include "bench/reproduction_report/fidelity.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/reproduction_report/report_text.h"

namespace wukong::reproduction_report {
namespace {

constexpr double kDiffersBy = 0.25;

std::string errors_row(const std::string& name, const reproduction::ErrorSummary& errors) {
  return fmt::format("| {} | {} | {} | {} |", name, errors.points, percent_text(errors.median),
                     percent_text(errors.within_30));
}

std::string errors_by_figure(const std::vector<reproduction::FigureResult>& figures) {
  std::string text =
      "| figure | points with a reference | median error | within 30 % | title |\n"
      "|---|---:|---:|---:|---|\n";
  for (const reproduction::FigureResult& figure : figures)
    text += fmt::format("{} {} |\n",
                        errors_row(figure.reference->name, reproduction::figure_errors(figure)),
                        figure.reference->title);
  return text;
}

std::string errors_by_system(const reproduction::Accuracy& accuracy) {
  std::string text =
      "| system | points with a reference | median error | within 30 % |\n"
      "|---|---:|---:|---:|\n";
  for (const auto& [system, errors] : accuracy.by_system) text += errors_row(system, errors) + "\n";
  text += errors_row("all", accuracy.all) + "\n";
  if (accuracy.outside.points > 0)
    text += errors_row("outside these papers", accuracy.outside) + "\n";
  return text;
}

std::string difference_text(const reproduction::PointResult& point) {
  if (point.fails) return "fails";
  return fmt::format("{:+.0f} %", 100 * (point.simulated.mean / point.reference.number - 1));
}

std::string far_points(const std::vector<reproduction::FigureResult>& figures) {
  std::string rows;
  size_t count = 0;
  for (const reproduction::FigureResult& figure : figures) {
    const reproduction::ReferenceFigure& reference = *figure.reference;
    for (const reproduction::PointResult& point : figure.points) {
      if (point.relative_error().value_or(0) <= kDiffersBy) continue;
      ++count;
      rows += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", reference.name,
                          reference.series[point.series].name, reference.x[point.x].text,
                          paper_text(point.reference), simulated_text(point), reference.unit,
                          difference_text(point));
    }
  }
  std::string text = fmt::format("{} points differ by more than 25 %.\n", count);
  if (count == 0) return text;
  return text +
         "\n| figure | series | x | paper | simulated | unit | difference |\n"
         "|---|---|---|---:|---:|---|---:|\n" +
         rows;
}

std::string orders_and_failures(const reproduction::Accuracy& accuracy) {
  std::string text = fmt::format(
      "Who is faster (figures 9 to 14): {} of {} pairs as in the papers. Failures: {} of {} as in "
      "the papers.\n",
      accuracy.order_pairs - accuracy.order_mismatches.size(), accuracy.order_pairs,
      accuracy.failures_matched, accuracy.failures_expected);
  const std::vector<std::string> lines = mismatch_lines(accuracy);
  if (!lines.empty()) text += "\n";
  for (const std::string& line : lines) text += "- " + line + "\n";
  return text;
}

std::string headlines_table(const std::vector<reproduction::Headline>& headlines,
                            const reproduction::Intervals* intervals) {
  if (headlines.empty()) return "";
  std::string text;
  if (intervals != nullptr)
    text += fmt::format("Intervals: {}. The paper's value is in them at {} of {} points.\n\n",
                        intervals->how, intervals->covering, intervals->given);
  text += "| claim | paper | simulated | interval |\n|---|---:|---:|---:|\n";
  for (size_t i = 0; i < headlines.size(); ++i) {
    const reproduction::Headline& headline = headlines[i];
    text +=
        fmt::format("| {} | {} | {} | {} |\n", headline.claim,
                    headline.paper ? value_text(*headline.paper, headline.unit) : "-",
                    headline.fails ? "fails" : value_text(headline.simulated, headline.unit),
                    intervals == nullptr ? "not measured" : interval_text(intervals->headlines[i]));
  }
  return text + "\n";
}

}  // namespace

std::string fidelity_tables(const std::vector<reproduction::FigureResult>& figures,
                            const reproduction::Accuracy& accuracy, size_t replicates,
                            const std::vector<reproduction::Headline>& headlines,
                            const reproduction::Intervals* intervals) {
  return fmt::format(
      "Written by `./dev fidelity`: {} points of {} figures, {} of them with a number of the "
      "paper, "
      "{} replicates each.\n\n{}{}\n{}\n{}\n{}",
      accuracy.points, figures.size(), accuracy.all.points, replicates,
      headlines_table(headlines, intervals), errors_by_system(accuracy), errors_by_figure(figures),
      orders_and_failures(accuracy), far_points(figures));
}

}  // namespace wukong::reproduction_report
