#include "workloads/trace_generator/renewal_gaps.h"

#include <algorithm>
#include <cmath>

#include "sim/base/arithmetic.h"
#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace wukong::trace_generator {
namespace {

// Of mean `shape`. REQUIRES: shape >= 1. Marsaglia and Tsang, ACM TOMS 26(3), 2000.
double gamma_from_one(RandomStream& random, double shape) {
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = random.normal();
    const double root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    const double u = 1 - random.uniform();
    const double x2 = x * x;
    if (u < 1 - 0.0331 * x2 * x2) return d * v;
    if (portable_log(u) < 0.5 * x2 + d * (1 - v + portable_log(v))) return d * v;
  }
}

double gamma_variate(RandomStream& random, double shape) {
  if (shape >= 1) return gamma_from_one(random, shape);
  const double power = portable_log(1 - random.uniform()) / shape;
  return gamma_from_one(random, shape + 1) * portable_exp(power);
}

// Of an application that is invoked once a fortnight, in bursts, a gap can exceed 292 years.
constexpr double kLongestGapNs = 4e18;

Duration from_ns(double ns) {
  return Duration::nanoseconds(rounded(std::min(ns, kLongestGapNs), kLongestTime));
}

}  // namespace

RenewalGaps::RenewalGaps(double mean_s, double variation)
    : mean_ns_(mean_s * 1e9), shape_(variation > 0 ? 1 / (variation * variation) : 0) {
  ENSURE(mean_s > 0 && variation >= 0, mean_s, variation);
}

Duration RenewalGaps::first(RandomStream& random) const {
  const double part = random.uniform();
  if (shape_ == 0) return from_ns(mean_ns_ * part);
  // A gap weighted by its length is Gamma distributed, too, with a shape that is one more.
  return from_ns(mean_ns_ * part * gamma_from_one(random, shape_ + 1) / shape_);
}

Duration RenewalGaps::next(RandomStream& random) const {
  if (shape_ == 0) return from_ns(mean_ns_);
  return from_ns(mean_ns_ * gamma_variate(random, shape_) / shape_);
}

}  // namespace wukong::trace_generator
