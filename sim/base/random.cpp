#include "sim/base/random.h"

#include <bit>
#include <cmath>

#include "sim/base/arithmetic.h"
#include "sim/base/check.h"
#include "sim/base/hash.h"
#include "sim/base/portable_math.h"
#include "sim/base/time.h"

namespace wukong {

RandomStream::RandomStream(uint64_t seed, std::string_view name, uint64_t index) {
  uint64_t x = mix64(seed) ^ hash_text(name) ^ mix64(index + 0x9e3779b97f4a7c15ull);
  for (uint64_t& word : state_) {
    x += 0x9e3779b97f4a7c15ull;
    word = mix64(x);
  }
}

uint64_t RandomStream::next() {
  const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double RandomStream::uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

uint64_t RandomStream::below(uint64_t bound) {
  ENSURE(bound > 0);
  // Lemire's method: the high word of a product, redrawn in the few cases that would be biased.
  while (true) {
    const auto product = static_cast<Uint128>(next()) * bound;
    const auto low = static_cast<uint64_t>(product);
    // The first comparison spares nearly every call the division.
    if (low >= bound || low >= (-bound) % bound) return static_cast<uint64_t>(product >> 64);
  }
}

double RandomStream::exponential(double mean) { return -mean * portable_log(1.0 - uniform()); }

double RandomStream::normal() {
  // Marsaglia's polar method; the second variate is dropped to keep the stream stateless.
  while (true) {
    const double u = 2 * uniform() - 1;
    const double v = 2 * uniform() - 1;
    const double s = u * u + v * v;
    if (s > 0 && s < 1) return u * std::sqrt(-2 * portable_log(s) / s);
  }
}

double RandomStream::lognormal(double median, double sigma) {
  return median * portable_exp(sigma * normal());
}

Duration RandomStream::noisy(Duration mean, double sigma) {
  if (sigma == 0) return mean;
  if (sigma != last_sigma_) {
    last_sigma_ = sigma;
    median_of_mean_ = portable_exp(-sigma * sigma / 2);
  }
  return Duration::from_seconds(lognormal(mean.to_seconds() * median_of_mean_, sigma));
}

}  // namespace wukong
