#include "bench/trust/run_identity.h"

#include <algorithm>

#include "bench/calibration/targets.h"
#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/reproduction/campaign.h"
#include "bench/reproduction/figure_setup.h"
#include "bench/reproduction/formula.h"
#include "bench/reproduction/point_experiment.h"
#include "sim/base/check.h"

namespace wukong::trust {

namespace {

// How long a figure would wait for a run to end decides nothing of a run that does.
std::string identity_of(experiment::Experiment experiment) {
  std::erase_if(experiment.effective, [](const parameters::EffectiveParameter& parameter) {
    return parameter.path.front() == "horizon_s";
  });
  return reproduction::fingerprint(experiment);
}

}  // namespace

RunIdentities::RunIdentities(const reproduction::ReproductionLibrary& library,
                             const experiment::Catalog& catalog)
    : library_(library) {
  reproduction::PointExperiments experiments(catalog, {});
  for (const reproduction::ReferenceFigure* figure : library.select({})) {
    const reproduction::FigureSetup setup =
        reproduction::make_figure_setup(*figure, *library.description(figure->name));
    for (const reproduction::PointSetup& point : setup.points) {
      const calibration::PointName name{figure->name, figure->series[point.series].name,
                                        figure->x[point.x].text};
      const std::string identity = identity_of(experiments.make(point.parameters));
      fingerprints_[name.text()] = identity;
      runs_of_[figure->name].insert(identity);
    }
  }
}

const std::string& RunIdentities::fingerprint(const calibration::PointName& point) const {
  const auto found = fingerprints_.find(point.text());
  ENSURE(found != fingerprints_.end(), point.text());
  return found->second;
}

bool RunIdentities::is_run_of(const std::string& figure,
                              const calibration::PointName& point) const {
  return runs_of_.at(figure).contains(fingerprint(point));
}

bool RunIdentities::is_run_of(const std::string& figure, const reproduction::Claim& claim) const {
  bool found = false;
  reproduction::evaluate_formula(
      claim.formula, library_,
      [&](const reproduction::FormulaPoint& point) -> reproduction::FormulaValue {
        const calibration::PointName name{point.figure->name,
                                          point.figure->series[point.series].name,
                                          point.figure->x[point.x].text};
        found = found || is_run_of(figure, name);
        return {};
      });
  return found;
}

calibration::CalibrationPlan plan_without(const std::string& figure,
                                          const calibration::CalibrationPlan& plan,
                                          const reproduction::ReproductionLibrary& library,
                                          const RunIdentities& runs) {
  calibration::CalibrationPlan rest;
  for (const calibration::CalibrationStage& stage : plan.stages) {
    const calibration::StageTargets targets(stage, library);
    calibration::CalibrationStage left = stage;
    size_t points_left = 0;
    for (size_t i = 0; i < targets.fitted_points(); ++i) {
      const calibration::PointName& name = targets.points()[i].name;
      if (runs.is_run_of(figure, name))
        left.except.push_back({name.figure, name.series, name.x, stage.origin, name.text()});
      else
        ++points_left;
    }
    left.claims.clear();
    for (const reproduction::Claim& claim : targets.claims())
      if (!runs.is_run_of(figure, claim)) left.claims.push_back({stage.origin, claim.claim});
    const bool lost_points = left.except.size() > stage.except.size();
    const bool lost_claims = left.claims.size() < targets.claims().size();
    if ((lost_points || lost_claims) && points_left > 0) rest.stages.push_back(std::move(left));
  }
  return rest;
}

}  // namespace wukong::trust
