// Which points of the papers' figures are one run: a figure that is left out of a fit is left out
// only if the other figures' points of the same runs are, too. Runs are the same if their
// parameters are, but for the horizon and the system's label; not if two parameters come to the
// same thing.
#pragma once

#include <map>
#include <set>
#include <string>

#include "bench/calibration/plan.h"
#include "bench/calibration/point_pattern.h"
#include "bench/reproduction/headline.h"
#include "bench/reproduction/library.h"

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::trust {

class RunIdentities {
 public:
  // The library must outlive it.
  RunIdentities(const reproduction::ReproductionLibrary& library,
                const experiment::Catalog& catalog);

  // Whether the point, or one that the claim is about, is a run of the figure.
  bool is_run_of(const std::string& figure, const calibration::PointName& point) const;
  bool is_run_of(const std::string& figure, const reproduction::Claim& claim) const;

 private:
  const std::string& fingerprint(const calibration::PointName& point) const;

  const reproduction::ReproductionLibrary& library_;
  std::map<std::string, std::string> fingerprints_;       // by the point's name
  std::map<std::string, std::set<std::string>> runs_of_;  // fingerprints, by figure
};

// The stages that fit a run of the figure, without those points and claims; of a stage that fits
// nothing else nothing is left. The others are not in it: a fit without the figure is theirs.
calibration::CalibrationPlan plan_without(const std::string& figure,
                                          const calibration::CalibrationPlan& plan,
                                          const reproduction::ReproductionLibrary& library,
                                          const RunIdentities& runs);

}  // namespace wukong::trust
