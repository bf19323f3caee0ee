#include "bench/trust/cross_validation.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "bench/calibration/calibration.h"
#include "bench/calibration/evaluator.h"
#include "bench/calibration/targets.h"
#include "bench/experiment/catalog.h"
#include "bench/simulation/parallel_for.h"
#include "bench/trust/null_model.h"
#include "bench/trust/parameter_values.h"
#include "bench/trust/run_identity.h"
#include "sim/base/error.h"

namespace wukong::trust {
namespace {

using calibration::CalibrationPoint;

std::vector<CalibrationPoint> numbers_of(const std::string& figure,
                                         const std::vector<CalibrationPoint>& points) {
  std::vector<CalibrationPoint> numbers;
  for (const CalibrationPoint& point : points)
    if (point.name.figure == figure && point.paper.is_number()) numbers.push_back(point);
  return numbers;
}

class LeaveOneOut {
 public:
  LeaveOneOut(const reproduction::ReproductionLibrary& library,
              const calibration::CalibrationPlan& plan, const experiment::Catalog& catalog,
              const calibration::PresetEdition& presets, const CrossValidationOptions& options)
      : library_(library),
        plan_(plan),
        catalog_(catalog),
        presets_(presets),
        options_(options),
        runs_(library, catalog),
        points_(calibration::points_with_reference(library)) {}

  HeldOutFigure without(const reproduction::ReferenceFigure& figure) const {
    HeldOutFigure result{figure.name, 0, {}};
    const std::vector<CalibrationPoint> points = numbers_of(figure.name, points_);
    const calibration::CalibrationPlan rest = plan_without(figure.name, plan_, library_, runs_);
    calibration::PresetEdition fitted = presets_;
    if (!rest.stages.empty()) fit(rest, fitted);
    for (const calibration::CalibrationStage& stage : rest.stages)
      result.refitted += stage.parameters.size();
    const std::vector<calibration::Simulated> before = simulate(points, presets_);
    const std::vector<calibration::Simulated> after = simulate(points, fitted);
    for (size_t i = 0; i < points.size(); ++i) {
      const CalibrationPoint& point = points[i];
      HeldOutPoint held{point.name.series,
                        point.name.x,
                        point.paper.number,
                        *calibration::relative_error(before[i], point.paper),
                        *calibration::relative_error(after[i], point.paper),
                        std::nullopt};
      if (const auto line = interpolated(figure, point.setup.series, point.setup.x))
        held.interpolated = calibration::relative_error(*line, point.paper);
      result.points.push_back(std::move(held));
    }
    return result;
  }

  bool has_numbers(const std::string& figure) const { return !numbers_of(figure, points_).empty(); }

 private:
  void fit(const calibration::CalibrationPlan& rest, calibration::PresetEdition& presets) const {
    if (options_.from_middle)
      for (const calibration::CalibrationStage& stage : rest.stages)
        for (const calibration::FreeParameter& parameter : stage.parameters)
          presets.set_value(parameter, middle_of(parameter));
    calibration::CalibrationOptions options;
    options.evaluations = options_.evaluations;
    options.replicates = options_.replicates;
    options.threads = 1;  // figures run side by side
    calibration::calibrate(library_, rest, catalog_, presets, options,
                           [](const calibration::CalibrationProgress&) {});
  }

  std::vector<calibration::Simulated> simulate(const std::vector<CalibrationPoint>& points,
                                               const calibration::PresetEdition& edition) const {
    calibration::Evaluator evaluator(points, {options_.replicates, 1});
    const std::vector<parameters::Preset> presets = edition.presets();
    return evaluator.evaluate(
        {parameters::PresetLibrary(presets), catalog_.workloads, catalog_.policies}, [](double) {});
  }

  const reproduction::ReproductionLibrary& library_;
  const calibration::CalibrationPlan& plan_;
  const experiment::Catalog& catalog_;
  const calibration::PresetEdition& presets_;
  const CrossValidationOptions& options_;
  RunIdentities runs_;
  std::vector<CalibrationPoint> points_;
};

}  // namespace

void ErrorColumns::add(const HeldOutFigure& figure) {
  for (const HeldOutPoint& point : figure.points) {
    with_presets.push_back(point.with_presets);
    left_out.push_back(point.left_out);
    if (!point.interpolated) continue;
    left_out_between.push_back(point.left_out);
    interpolated.push_back(*point.interpolated);
  }
}

CrossValidation cross_validate(const reproduction::ReproductionLibrary& library,
                               const calibration::CalibrationPlan& plan,
                               const experiment::Catalog& catalog,
                               const calibration::PresetEdition& presets,
                               const CrossValidationOptions& options,
                               const CrossValidationListener& listener) {
  const LeaveOneOut leave_one_out(library, plan, catalog, presets, options);
  std::vector<const reproduction::ReferenceFigure*> figures = library.select(options.figures);
  for (const reproduction::ReferenceFigure* figure : figures)
    if (figure->is_outside && !options.figures.empty())
      throw Error({}, "a figure of the papers",
                  "\"" + figure->name + "\", which nothing is fitted to");
  std::erase_if(figures, [&](const reproduction::ReferenceFigure* figure) {
    return !leave_one_out.has_numbers(figure->name);
  });
  CrossValidation result{std::vector<HeldOutFigure>(figures.size()), options.evaluations,
                         options.replicates, options.from_middle};
  std::mutex mutex;
  size_t done = 0;
  simulation::parallel_for(figures.size(), options.threads, [&](size_t i) {
    result.figures[i] = leave_one_out.without(*figures[i]);
    const std::lock_guard lock(mutex);
    listener(++done, figures.size());
  });
  return result;
}

}  // namespace wukong::trust
