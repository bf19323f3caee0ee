#include "bench/calibration/calibration.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/calibration/pattern_search.h"
#include "bench/experiment/catalog.h"
#include "sim/base/check.h"

namespace wukong::calibration {
namespace {

constexpr double kDown = 0.9;
constexpr double kUp = 1.1;

// One stage: its points under changing values of its parameters.
class StageFit {
 public:
  StageFit(const CalibrationStage& stage, const reproduction::ReproductionLibrary& library,
           const experiment::Catalog& catalog, PresetEdition& presets,
           const CalibrationOptions& options, const CalibrationListener& listener)
      : stage_(stage),
        catalog_(catalog),
        presets_(presets),
        options_(options),
        listener_(listener),
        targets_(stage, library),
        evaluator_(targets_.points(), {options.replicates, options.threads}) {
    for (const FreeParameter& parameter : stage.parameters)
      variables_.push_back(
          {presets.value(parameter), parameter.from, parameter.to, parameter.whole});
    most_ = options.starts * (1 + options.evaluations) +
            (options.sensitivity ? 2 * variables_.size() : 0);
  }

  StageResult run() {
    const SearchResult found =
        search_from(options_.starts, variables_, options_.evaluations,
                    [this](const Values& values) { return targets_.loss(at(values)); });
    StageResult result{&stage_, {}, {}, {}, found.start_loss, found.loss, found.evaluations, 0};
    for (size_t i = 0; i < variables_.size(); ++i)
      result.parameters.push_back({&stage_.parameters[i], variables_[i].start, found.values[i],
                                   std::nullopt, std::nullopt});
    if (options_.sensitivity)
      for (size_t i = 0; i < variables_.size(); ++i) {
        result.parameters[i].rise_down = rise(found, i, kDown);
        result.parameters[i].rise_up = rise(found, i, kUp);
      }
    const std::vector<Simulated> simulated = at(found.values);
    for (size_t i = 0; i < targets_.fitted_points(); ++i)
      result.points.push_back({targets_.points()[i], simulated[i]});
    for (const reproduction::Claim& claim : targets_.claims())
      result.claims.push_back({claim, targets_.claimed(claim, simulated)});
    result.runs = evaluator_.runs();
    set(presets_, found.values);
    return result;
  }

 private:
  void set(PresetEdition& presets, const Values& values) const {
    for (size_t i = 0; i < values.size(); ++i) presets.set_value(stage_.parameters[i], values[i]);
  }

  std::vector<Simulated> at(const Values& values) {
    PresetEdition edition = presets_;
    set(edition, values);
    const std::vector<parameters::Preset> presets = edition.presets();
    const experiment::Catalog catalog{parameters::PresetLibrary(presets), catalog_.workloads,
                                      catalog_.policies};
    const auto tell = [this](double share) {
      const auto done = static_cast<double>(done_);
      const double fraction = std::min(1.0, (done + share) / static_cast<double>(most_));
      listener_({stage_.name, fraction, std::min(done_, most_), most_});
    };
    std::vector<Simulated> simulated = evaluator_.evaluate(catalog, tell);
    ++done_;
    tell(0);
    return simulated;
  }

  std::optional<double> rise(const SearchResult& found, size_t i, double factor) {
    const SearchVariable& variable = variables_[i];
    Values values = found.values;
    const double moved = stepped(values[i], factor, variable);
    const bool is_within = moved != values[i] && values[i] * factor >= variable.from &&
                           values[i] * factor <= variable.to;
    if (!is_within || found.loss == 0) return std::nullopt;
    values[i] = moved;
    return targets_.loss(at(values)) / found.loss - 1;
  }

  const CalibrationStage& stage_;
  const experiment::Catalog& catalog_;
  PresetEdition& presets_;
  const CalibrationOptions& options_;
  const CalibrationListener& listener_;
  StageTargets targets_;
  Evaluator evaluator_;
  std::vector<SearchVariable> variables_;
  size_t done_ = 0;
  size_t most_ = 0;
};

}  // namespace

bool FittedParameter::is_at_bound() const {
  return fitted == parameter->from || fitted == parameter->to;
}

reproduction::ErrorSummary StageResult::errors() const {
  std::vector<double> errors;
  for (const FittedPoint& fitted : points)
    if (const auto error = relative_error(fitted.simulated, fitted.point.paper))
      errors.push_back(*error);
  return reproduction::summarise_errors(std::move(errors));
}

std::vector<StageResult> calibrate(const reproduction::ReproductionLibrary& library,
                                   const CalibrationPlan& plan, const experiment::Catalog& catalog,
                                   PresetEdition& presets, const CalibrationOptions& options,
                                   const CalibrationListener& listener) {
  const std::vector<const CalibrationStage*> stages = plan.select(options.stages);
  // What is wrong with a later stage shows before the long work of the first.
  for (const CalibrationStage* stage : stages) {
    static_cast<void>(StageTargets(*stage, library));
    for (const FreeParameter& parameter : stage->parameters) presets.value(parameter);
  }
  std::vector<StageResult> results;
  for (const CalibrationStage* stage : stages)
    results.push_back(StageFit(*stage, library, catalog, presets, options, listener).run());
  return results;
}

std::string provenance(const StageResult& result, const FreeParameter& parameter) {
  const size_t claims = result.claims.size();
  return fmt::format(
      "fitted: {}, {} points{}, {}", result.stage->name, result.points.size(),
      claims > 0 ? fmt::format(" and {} claim{}", claims, claims == 1 ? "" : "s") : "",
      parameter.meaning);
}

}  // namespace wukong::calibration
