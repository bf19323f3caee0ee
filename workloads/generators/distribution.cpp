#include "workloads/generators/distribution.h"

#include <cmath>
#include <string>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace wukong::generators {
namespace {

double three_digits(double value) {
  if (value <= 0) return 0;
  double unit = 1;
  while (value < 100 * unit) unit /= 10;
  while (value >= 1000 * unit) unit *= 10;
  return std::round(value / unit) * unit;
}

double draw_exactly(const Distribution& distribution, RandomStream& random, double mean) {
  switch (distribution.shape) {
    case DistributionShape::constant:
      return mean;
    case DistributionShape::uniform:
      return mean * (1 + distribution.spread * (2 * random.uniform() - 1));
    case DistributionShape::lognormal: {
      // Its mean is exp(sigma^2 / 2) times its median.
      const double sigma = distribution.spread;
      return random.lognormal(mean * portable_exp(-sigma * sigma / 2), sigma);
    }
    case DistributionShape::exponential:
      return random.exponential(mean);
  }
  ENSURE(false && "no such distribution", static_cast<int>(distribution.shape));
  return 0;
}

}  // namespace

void Distribution::visit(FieldVisitor& v, std::string_view key) {
  v.about("How it varies around that mean")
      .choice(std::string(key) + "_distribution", shape, kDistributionNames);
  v.about(
       "By how much: of uniform, the half width as a part of the mean; of lognormal, the standard "
       "deviation of the logarithm; the others have none")
      .field(std::string(key) + "_spread", spread, {0, 10});
}

double Distribution::draw(RandomStream& random, double mean) const {
  ENSURE(mean >= 0, mean);
  if (shape == DistributionShape::constant) return mean;
  return three_digits(std::max(0.0, draw_exactly(*this, random, mean)));
}

}  // namespace wukong::generators
