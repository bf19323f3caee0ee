#include "bench/fidelity_commands/quotable.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/declared/parameter_list.h"
#include "bench/fidelity_commands/calibration_inputs.h"
#include "bench/reproduction_report/report_text.h"
#include "bench/trust_report/cross_validation_rows.h"

namespace wukong::fidelity_commands {
namespace {

using reproduction_report::percent_text;

std::string prediction_line(const TrustResults& trust) {
  const std::optional<trust::CrossValidation>& result = trust.cross_validation;
  if (!result) return "Prediction is not measured here (`wukong calibrate --cross-validate`).";
  const trust_report::CrossValidationRows rows = trust_report::cross_validation_rows(*result);
  const trust_report::CrossValidationRow& comparisons = rows.totals[0];
  const trust_report::CrossValidationRow& fitted = rows.totals[1];
  return fmt::format(
      "A figure that the parameters are not fitted to is predicted with a median error of {}, {} "
      "of the points within 50 % ({} points{}); in figures 9 to 14, where points lie between "
      "others, "
      "{}, and a straight line between their neighbours has {}.{}",
      percent_text(fitted.left_out.median), percent_text(fitted.left_out.within_50), fitted.points,
      result->from_middle ? "" : ", searched from values that knew it",
      percent_text(comparisons.left_out_between.median),
      percent_text(comparisons.interpolated.median),
      trust.is_cross_validation_current ? "" : " That is of an earlier model or of other presets.");
}

std::string parameters_line(const reproduction::ReproductionLibrary& library) {
  const calibration::CalibrationPlan plan = read_plan({}, library);
  const declared::Declarations declarations = declared::make_declarations(library.bounds());
  const calibration::PresetEdition presets = read_presets({});
  const std::vector<parameters::Preset> texts = presets.presets();
  const declared::ParameterList list =
      declared::list_parameters(declarations, library, plan, texts);
  size_t free = 0;
  for (const calibration::CalibrationStage& stage : plan.stages) free += stage.parameters.size();
  const auto outside = std::count_if(list.parameters.begin(), list.parameters.end(),
                                     [](const auto& row) { return row.is_outside; });
  return fmt::format(
      "{} parameters are free; {} values are fitted, assumed or chosen in all, {} of them outside "
      "of what the literature allows (listed below).",
      free, list.parameters.size() + list.choices.size(), outside);
}

std::string intervals_line(const reproduction::Intervals* intervals) {
  if (intervals == nullptr)
    return "Intervals are not measured here (`wukong reproduce --intervals`).";
  return fmt::format(
      "Sets of parameters that fit almost as well give each value an interval; the paper's is in "
      "it at {} of {} points. The others are beyond what the free parameters leave open.",
      intervals->covering, intervals->given);
}

}  // namespace

std::string quotable_lines(const reproduction::ReproductionLibrary& library,
                           const reproduction::Accuracy& accuracy, const TrustResults& trust) {
  return fmt::format(
      "- At the {} points of the papers that it is fitted or compared to, the median error is {}; "
      "{} are within 30 %.\n- {}\n- Who is faster (figures 9 to 14): {} of {} pairs as in the "
      "papers; failures: {} of {}.\n- {}\n- {}\n",
      accuracy.all.points, percent_text(accuracy.all.median), percent_text(accuracy.all.within_30),
      prediction_line(trust), accuracy.order_pairs - accuracy.order_mismatches.size(),
      accuracy.order_pairs, accuracy.failures_matched, accuracy.failures_expected,
      parameters_line(library), intervals_line(trust.intervals_or_null()));
}

}  // namespace wukong::fidelity_commands
