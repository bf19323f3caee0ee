#include "bench/trust_report/cross_validation_rows.h"

#include <fmt/format.h>

#include "bench/reproduction/accuracy.h"

namespace wukong::trust_report {
namespace {

CrossValidationRow make_row(std::string name, std::string refitted,
                            const trust::ErrorColumns& columns) {
  return {std::move(name),
          columns.left_out.size(),
          std::move(refitted),
          trust::share_errors(columns.with_presets),
          trust::share_errors(columns.left_out),
          trust::share_errors(columns.interpolated),
          trust::share_errors(columns.left_out_between)};
}

template <class Counts>
CrossValidationRow make_total(const std::string& name, const trust::CrossValidation& result,
                              const Counts& counts) {
  trust::ErrorColumns columns;
  for (const trust::HeldOutFigure& figure : result.figures)
    if (counts(figure)) columns.add(figure);
  return make_row(name, "", columns);
}

}  // namespace

CrossValidationRows cross_validation_rows(const trust::CrossValidation& result) {
  CrossValidationRows rows;
  for (const trust::HeldOutFigure& figure : result.figures) {
    trust::ErrorColumns columns;
    columns.add(figure);
    rows.figures.push_back(make_row(
        figure.figure, figure.refitted == 0 ? "-" : std::to_string(figure.refitted), columns));
  }
  rows.totals.push_back(
      make_total("figures 9 to 14", result, [](const trust::HeldOutFigure& figure) {
        return reproduction::compares_systems(figure.figure);
      }));
  rows.totals.push_back(make_total("all that are fitted", result,
                                   [](const auto& figure) { return figure.refitted > 0; }));
  rows.totals.push_back(make_total("all", result, [](const auto&) { return true; }));
  return rows;
}

std::string cross_validation_summary(const trust::CrossValidation& result) {
  return fmt::format(
      "Each figure was left out in turn, with every other point and claim of the same runs; the "
      "parameters of the stages that it belongs to were fitted to the rest within their declared "
      "bounds ({} evaluations a stage at most, {} replicate{} a point), beginning at {}; then the "
      "figure was predicted. \"-\": no stage of calibration.yaml fits the figure and others, too; "
      "what was fitted to it by hand still knows it. Beside it the null model: the straight line, "
      "in logarithms, "
      "between the paper's neighbouring points of the same series, "
      "and the prediction's error at the same points. The line knows those neighbours; the "
      "prediction knows nothing of the figure.{}",
      result.evaluations, result.replicates, result.replicates == 1 ? "" : "s",
      result.from_middle
          ? "the middle of the bounds"
          : "the presets' values, which know the figure if the search does not get away from them",
      result.commit.empty() ? ""
                            : fmt::format(" Made by the program of commit {}.", result.commit));
}

}  // namespace wukong::trust_report
