#include "sim/base/portable_math.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/base/check.h"

namespace wukong {
namespace {

// ln 2 in two parts: the high one has 32 trailing zero bits, so that n * kLn2High is exact.
constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;
constexpr double kInverseLn2 = 1.44269504088896338700;
constexpr double kSqrtHalf = 0.70710678118654752440;

double power_of_two(int exponent) {
  return std::bit_cast<double>(static_cast<uint64_t>(exponent + 1023) << 52);
}

}  // namespace

double portable_log(double x) {
  ENSURE(x > 0 && x <= std::numeric_limits<double>::max(), x);
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);  // exact: only moves bits
  if (mantissa < kSqrtHalf) mantissa *= 2, --exponent;
  // ln m = 2 atanh(s), s = (m - 1) / (m + 1), |s| < 0.1716: the series needs 11 terms.
  const double s = (mantissa - 1) / (mantissa + 1);
  const double s2 = s * s;
  double sum = 0;
  for (int k = 21; k >= 3; k -= 2) sum = (sum + 1.0 / k) * s2;
  return exponent * kLn2High + (2 * s + (2 * s * sum + exponent * kLn2Low));
}

double portable_exp(double x) {
  ENSURE(x == x && "not a number");
  if (x > 709.0) return std::numeric_limits<double>::max();
  if (x < -708.0) return 0;
  const double n = std::floor(x * kInverseLn2 + 0.5);
  const double r = (x - n * kLn2High) - n * kLn2Low;  // |r| <= ln(2) / 2
  double sum = 1;
  for (int k = 14; k >= 1; --k) sum = 1 + sum * r / k;
  return sum * power_of_two(static_cast<int>(n));
}

}  // namespace wukong
