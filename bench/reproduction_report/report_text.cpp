#include "bench/reproduction_report/report_text.h"

#include <fmt/format.h>

#include <cmath>

#include "bench/text/format.h"
#include "bench/text/table.h"

namespace wukong::reproduction_report {
namespace {

using Align = text::Table::Align;

constexpr size_t kMostLines = 10;

void add_errors(text::Table& table, const std::string& name,
                const reproduction::ErrorSummary& errors, const std::string& title) {
  table.add_row({name, std::to_string(errors.points), percent_text(errors.median),
                 percent_text(errors.within_30), title});
}

std::string errors_text(const std::vector<reproduction::FigureResult>& figures,
                        const reproduction::Accuracy& accuracy) {
  text::Table table({Align::left, Align::right, Align::right, Align::right, Align::left});
  table.add_row({"figure", "points with a reference", "median error", "within 30 %", "title"});
  for (const reproduction::FigureResult& figure : figures)
    add_errors(table, figure.reference->name, reproduction::figure_errors(figure),
               figure.reference->title);
  table.add_blank();
  for (const auto& [system, errors] : accuracy.by_system) add_errors(table, system, errors, "");
  add_errors(table, "all", accuracy.all, "");
  if (accuracy.outside.points > 0) add_errors(table, "outside these papers", accuracy.outside, "");
  return table.to_text();
}

std::string headlines_text(const std::vector<reproduction::Headline>& headlines,
                           const reproduction::Intervals* intervals) {
  if (headlines.empty()) return "";
  text::Table table({Align::left, Align::right, Align::right, Align::right});
  table.add_row({"claim", "paper", "simulated", intervals == nullptr ? "" : "interval"});
  for (size_t i = 0; i < headlines.size(); ++i) {
    const reproduction::Headline& headline = headlines[i];
    table.add_row({headline.claim,
                   headline.paper ? value_text(*headline.paper, headline.unit) : "-",
                   headline.fails ? "fails" : value_text(headline.simulated, headline.unit),
                   intervals == nullptr ? "" : interval_text(intervals->headlines[i])});
  }
  return "\n" + table.to_text();
}

}  // namespace

std::string percent_text(const std::optional<double>& fraction) {
  if (!fraction) return "-";
  if (!std::isfinite(*fraction)) return "infinite";
  return fmt::format("{:.1f} %", 100 * *fraction);
}

std::string value_text(double value, const std::string& unit) {
  return text::format_significant(value) + (unit == "x" || unit.empty() ? "" : " ") + unit;
}

std::string simulated_text(const reproduction::PointResult& point) {
  return point.fails ? "fails" : text::format_significant(point.simulated.mean);
}

std::string spread_text(const reproduction::PointResult& point) {
  if (point.fails) return "";
  return text::format_significant(point.simulated.min) + " .. " +
         text::format_significant(point.simulated.max);
}

std::string interval_text(const std::optional<reproduction::Interval>& interval) {
  if (!interval) return "fails";
  const std::string text =
      text::format_significant(interval->low) + " .. " + text::format_significant(interval->high);
  if (interval->failing == 0) return text;
  return fmt::format("{}, {:.0f} % fail", text, 100 * interval->failing);
}

std::string paper_text(const reproduction::ReferenceValue& reference) {
  switch (reference.kind) {
    case reproduction::ReferenceValue::Kind::number:
      return text::format_significant(reference.number);
    case reproduction::ReferenceValue::Kind::fails:
      return "fails";
    case reproduction::ReferenceValue::Kind::below_axis:
      return "below axis";
    case reproduction::ReferenceValue::Kind::not_given:
      return "-";
  }
  return "-";
}

std::string failure_line(const reproduction::FigureResult& figure,
                         const reproduction::PointResult& point) {
  return fmt::format("{} at {}: {} of {} replicates fail: {}",
                     figure.reference->series[point.series].name, figure.reference->x[point.x].text,
                     point.failed, point.runs.size(), point.failure());
}

std::optional<double> headline_error(const reproduction::Headline& headline) {
  if (!headline.paper || headline.fails || *headline.paper == 0) return std::nullopt;
  return std::abs(headline.simulated - *headline.paper) / std::abs(*headline.paper);
}

std::vector<std::string> mismatch_lines(const reproduction::Accuracy& accuracy) {
  std::vector<std::string> lines;
  for (const reproduction::OrderMismatch& mismatch : accuracy.order_mismatches)
    lines.push_back(fmt::format("{} at {}: {} is faster than {} in the paper, but not here",
                                mismatch.figure, mismatch.x, mismatch.faster, mismatch.slower));
  for (const reproduction::FailureMismatch& mismatch : accuracy.failure_mismatches)
    lines.push_back(fmt::format(
        "{} at {}: {} fails {}", mismatch.figure, mismatch.x, mismatch.series,
        mismatch.fails_here ? "here, but not in the paper" : "in the paper, but not here"));
  return lines;
}

std::string report_reproduction(const std::vector<reproduction::FigureResult>& figures,
                                const std::vector<reproduction::Headline>& headlines,
                                const reproduction::Accuracy& accuracy,
                                const reproduction::Intervals* intervals) {
  std::string text = errors_text(figures, accuracy) + headlines_text(headlines, intervals);
  if (intervals != nullptr)
    text += fmt::format("\nintervals: {}\nthe paper's value is in them at {} of {} points\n",
                        intervals->how, intervals->covering, intervals->given);
  text += fmt::format(
      "\nwho is faster (figures 9 to 14)  {} of {} pairs as in the papers\n"
      "failures                         {} of {} as in the papers\n",
      accuracy.order_pairs - accuracy.order_mismatches.size(), accuracy.order_pairs,
      accuracy.failures_matched, accuracy.failures_expected);
  const std::vector<std::string> lines = mismatch_lines(accuracy);
  const size_t shown = lines.size() > kMostLines ? kMostLines - 1 : lines.size();
  for (size_t i = 0; i < shown; ++i) text += "  " + lines[i] + "\n";
  if (shown < lines.size())
    text += fmt::format("  ... and {} more in the report\n", lines.size() - shown);
  return text;
}

}  // namespace wukong::reproduction_report
