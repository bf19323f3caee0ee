#include "bench/calibration/loss.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace wukong::calibration {
namespace {

constexpr double kWorst = 1.2;
constexpr double kFar = 0.5;
constexpr double kFarWeight = 0.3;

double log_error(const Simulated& simulated, double paper) {
  if (!simulated || *simulated <= 0 || paper <= 0) return kWorst;
  return std::min(std::abs(portable_log(*simulated / paper)), kWorst);
}

double loss_of(double e) { return std::min(e, kFar) + kFarWeight * std::max(0.0, e - kFar); }

}  // namespace

double point_loss(const Simulated& simulated, const reproduction::ReferenceValue& paper) {
  ENSURE(paper.is_number() || paper.is_failure());
  if (paper.is_failure()) return loss_of(simulated ? kWorst : 0);
  return loss_of(log_error(simulated, paper.number));
}

double claim_loss(const Simulated& simulated, double paper, std::string_view unit) {
  if (unit != "%") return loss_of(log_error(simulated, paper));
  const Simulated left = simulated ? Simulated(100 - *simulated) : std::nullopt;
  return loss_of(log_error(left, 100 - paper));
}

std::optional<double> relative_error(const Simulated& simulated,
                                     const reproduction::ReferenceValue& paper) {
  if (!paper.is_number()) return std::nullopt;
  if (!simulated) return std::numeric_limits<double>::infinity();
  return std::abs(*simulated - paper.number) / paper.number;
}

}  // namespace wukong::calibration
