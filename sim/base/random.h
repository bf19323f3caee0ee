// Reproducible randomness. A RandomStream is named: each model draws from a stream of its own,
// derived from the run's seed and the stream's name, so that a draw added in one model does not
// shift the others. Generator (xoshiro256**, Blackman and Vigna 2018) and distributions are defined
// here to the last bit, because the standard library leaves its distributions to the
// implementation.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace wukong {

class Duration;

class RandomStream {
 public:
  RandomStream(uint64_t seed, std::string_view name, uint64_t index = 0);

  uint64_t next();
  // Uniform in [0, 1) with 53 random bits.
  double uniform();
  // Uniform in [0, bound), without bias. REQUIRES: bound > 0.
  uint64_t below(uint64_t bound);
  bool chance(double probability) { return uniform() < probability; }
  double exponential(double mean);
  double normal();
  // exp(normal * sigma) * median.
  double lognormal(double median, double sigma);
  // A time that varies from one to the next, as measured ones do: lognormal with that mean, so with
  // the median mean * exp(-sigma^2 / 2). With a sigma of zero it is the mean, and nothing is drawn.
  Duration noisy(Duration mean, double sigma);

 private:
  std::array<uint64_t, 4> state_;
  // Of noisy(): an exponential costs as much as the rest of a draw, and sigma is mostly the same.
  double last_sigma_ = 0;
  double median_of_mean_ = 1;
};

}  // namespace wukong
