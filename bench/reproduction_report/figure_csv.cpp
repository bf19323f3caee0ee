#include "bench/reproduction_report/figure_csv.h"

#include <fmt/format.h>

#include <cmath>

namespace wukong::reproduction_report {
namespace {

std::string csv_cell(const std::string& cell) {
  if (cell.find_first_of(",\"\n") == std::string::npos) return cell;
  std::string text = "\"";
  for (const char c : cell) text.append(c == '"' ? 2 : 1, c);
  return text + "\"";
}

std::string paper_cell(const reproduction::ReferenceValue& reference) {
  if (reference.is_number()) return fmt::format("{}", reference.number);
  return reference.is_failure() ? "fail" : "";
}

}  // namespace

// Fifteen digits: what stands behind them in a mean is the rounding of its sum.
std::string figure_csv(const reproduction::FigureResult& figure) {
  const reproduction::ReferenceFigure& reference = *figure.reference;
  std::string text = "series,x,simulated,min,max,paper,error_percent,failed_replicates\n";
  for (const reproduction::PointResult& point : figure.points) {
    const result::Summary& simulated = point.simulated;
    const std::string values = point.fails ? "fail,,"
                                           : fmt::format("{:.15g},{:.15g},{:.15g}", simulated.mean,
                                                         simulated.min, simulated.max);
    const std::optional<double> error = point.relative_error();
    const bool has_error = error && std::isfinite(*error);
    text += fmt::format("{},{},{},{},{},{}\n", csv_cell(reference.series[point.series].name),
                        csv_cell(reference.x[point.x].text), values, paper_cell(point.reference),
                        has_error ? fmt::format("{:.2f}", 100 * *error) : "", point.failed);
  }
  return text;
}

}  // namespace wukong::reproduction_report
