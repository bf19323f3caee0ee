#include "sim/base/portable_math.h"

#include <cmath>
#include <limits>

#include "sim/base/random.h"
#include "test/catch.h"

namespace wukong {
namespace {

double relative_error(double found, double exact) {
  return exact == 0 ? std::abs(found) : std::abs((found - exact) / exact);
}

TEST_CASE("the portable logarithm agrees with the C library's to 1e-15") {
  RandomStream random(1, "log");
  double worst = 0;
  for (int i = 0; i < 200'000; ++i) {
    const double x =
        std::ldexp(1.0 + random.uniform(), static_cast<int>(random.below(2046)) - 1022);
    worst = std::max(worst, relative_error(portable_log(x), std::log(x)));
    // Near 1, where the result is small.
    const double near = 1.0 + (random.uniform() - 0.5) * std::ldexp(1.0, -static_cast<int>(i % 50));
    worst = std::max(worst, relative_error(portable_log(near), std::log(near)));
  }
  CHECK(worst < 1e-15);
}

TEST_CASE("the portable logarithm is exact at one and covers every positive number") {
  CHECK(portable_log(1.0) == 0.0);
  for (const double x :
       {std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::min(),
        std::numeric_limits<double>::max(), std::nextafter(1.0, 0.0), std::nextafter(1.0, 2.0)})
    CHECK(relative_error(portable_log(x), std::log(x)) < 1e-15);
}

TEST_CASE("the portable exponential agrees with the C library's to 1e-15") {
  RandomStream random(1, "exp");
  double worst = 0;
  for (int i = 0; i < 200'000; ++i) {
    const double x = random.uniform() * 1416 - 708;
    worst = std::max(worst, relative_error(portable_exp(x), std::exp(x)));
    const double near = (random.uniform() - 0.5) * std::ldexp(1.0, -static_cast<int>(i % 60));
    worst = std::max(worst, relative_error(portable_exp(near), std::exp(near)));
  }
  CHECK(worst < 4e-16);
  CHECK(portable_exp(0.0) == 1.0);
}

TEST_CASE("the portable exponential saturates") {
  CHECK(portable_exp(-709.0) == 0.0);
  CHECK(portable_exp(-std::numeric_limits<double>::infinity()) == 0.0);
  CHECK(portable_exp(710.0) == std::numeric_limits<double>::max());
  CHECK(relative_error(portable_exp(709.0), std::exp(709.0)) < 1e-15);
  CHECK(relative_error(portable_exp(-708.0), std::exp(-708.0)) < 1e-15);
}

TEST_CASE("portable logarithm and exponential have the same bits everywhere") {
  CHECK(portable_log(10.0) == 0x1.26bb1bbb55516p+1);
  CHECK(portable_exp(1.0) == 0x1.5bf0a8b14576ap+1);
  CHECK(portable_exp(-20.25) == 0x1.b93de1e27ca3bp-30);
}

}  // namespace
}  // namespace wukong
