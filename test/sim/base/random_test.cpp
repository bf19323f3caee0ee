#include "sim/base/random.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "sim/base/time.h"
#include "test/catch.h"

namespace wukong {
namespace {

using literals::operator""_ms;

struct Moments {
  double mean;
  double variance;
};

template <class Draw>
Moments moments(int count, Draw draw) {
  double sum = 0, squares = 0;
  for (int i = 0; i < count; ++i) {
    const double x = draw();
    sum += x;
    squares += x * x;
  }
  const double mean = sum / count;
  return {mean, squares / count - mean * mean};
}

TEST_CASE("a random stream gives the same values on every machine") {
  RandomStream stream(42, "cold start");
  CHECK(stream.next() == 481267962066248330ull);
  CHECK(stream.next() == 14726940662166854972ull);
  CHECK(stream.uniform() == 0x1.a56fffa068745p-1);
  CHECK(stream.below(1000) == 598);
  CHECK(stream.exponential(1.0) == 0x1.f6481279624e2p-6);
  CHECK(stream.normal() == 0x1.a67e536540e87p-2);
  CHECK(stream.lognormal(2.0, 0.5) == 0x1.fc050947bee8ap+0);
}

TEST_CASE("streams of other names, seeds and indices are other streams") {
  std::set<uint64_t> first;
  for (const uint64_t seed : {0, 1, 2})
    for (const char* name : {"", "a", "b", "ab"})
      for (const uint64_t index : {0, 1, 2}) first.insert(RandomStream(seed, name, index).next());
  CHECK(first.size() == 3 * 4 * 3);
}

TEST_CASE("draws from one stream leave another as it is") {
  RandomStream alone(7, "network");
  RandomStream beside(7, "network"), other(7, "storage");
  for (int i = 0; i < 100; ++i) {
    other.next();
    CHECK(beside.next() == alone.next());
  }
}

TEST_CASE("streams of one seed are uncorrelated") {
  // The correlation of n independent pairs is about 1/sqrt(n) = 0.003; five times that is the
  // limit.
  RandomStream a(1, "x"), b(1, "y"), c(1, "x", 1);
  double ab = 0, ac = 0;
  constexpr int kDraws = 100'000;
  for (int i = 0; i < kDraws; ++i) {
    const double u = a.uniform() - 0.5;
    ab += u * (b.uniform() - 0.5) * 12;
    ac += u * (c.uniform() - 0.5) * 12;
  }
  CHECK(std::abs(ab / kDraws) < 0.016);
  CHECK(std::abs(ac / kDraws) < 0.016);
}

TEST_CASE("a bounded draw is without bias") {
  // Chi-square with 5 degrees of freedom is below 20.5 with probability 0.999.
  RandomStream stream(3, "die");
  constexpr int kThrows = 60'000;
  std::vector<int> faces(6);
  for (int i = 0; i < kThrows; ++i) ++faces.at(stream.below(6));
  double chi_square = 0;
  for (const int count : faces) chi_square += (count - 10'000.0) * (count - 10'000.0) / 10'000.0;
  CHECK(chi_square < 20.5);
}

TEST_CASE("a bounded draw redraws what would be biased") {
  // With bound 3 * 2^62 a draw without rejection lands in the multiples of 3 twice as often as it
  // should: [0, 2^64) is mapped on 3/4 of as many values.
  RandomStream stream(3, "large");
  constexpr uint64_t kBound = 3ull << 62;
  constexpr int kDraws = 30'000;
  int multiples_of_three = 0;
  for (int i = 0; i < kDraws; ++i) {
    const uint64_t value = stream.below(kBound);
    REQUIRE(value < kBound);
    if (value % 3 == 0) ++multiples_of_three;
  }
  // 1/3 +- 5 standard deviations of sqrt(2/9/n)
  CHECK(std::abs(multiples_of_three / double{kDraws} - 1.0 / 3) < 0.0137);
  CHECK(stream.below(1) == 0);
}

TEST_CASE("distributions have the moments that their parameters say") {
  RandomStream stream(5, "moments");
  constexpr int kDraws = 400'000;
  // Tolerances are about five standard errors.
  const Moments uniform = moments(kDraws, [&] { return stream.uniform(); });
  CHECK(uniform.mean == Approx(0.5).margin(0.0025));
  CHECK(uniform.variance == Approx(1.0 / 12).margin(0.0006));
  const Moments exponential = moments(kDraws, [&] { return stream.exponential(3.0); });
  CHECK(exponential.mean == Approx(3.0).margin(0.025));
  CHECK(exponential.variance == Approx(9.0).margin(0.21));
  const Moments normal = moments(kDraws, [&] { return stream.normal(); });
  CHECK(normal.mean == Approx(0.0).margin(0.008));
  CHECK(normal.variance == Approx(1.0).margin(0.012));
  // ln X is normal: mean ln(median), deviation sigma.
  const Moments logs = moments(kDraws, [&] { return std::log(stream.lognormal(250.0, 0.7)); });
  CHECK(logs.mean == Approx(std::log(250.0)).margin(0.006));
  CHECK(logs.variance == Approx(0.49).margin(0.006));
  int successes = 0;
  for (int i = 0; i < kDraws; ++i) successes += stream.chance(0.2) ? 1 : 0;
  CHECK(successes / double{kDraws} == Approx(0.2).margin(0.0032));
}

TEST_CASE("certain and impossible chances are certain and impossible") {
  RandomStream stream(5, "chance");
  for (int i = 0; i < 1000; ++i) {
    CHECK(stream.chance(1.0));
    CHECK_FALSE(stream.chance(0.0));
  }
}

TEST_CASE("noise keeps the mean, and spreads the logarithm as it is told") {
  const double sigma = GENERATE(0.2, 0.6, 1.0);
  RandomStream random(1, "noise");
  std::vector<double> seconds;
  for (int i = 0; i < 200'000; ++i) seconds.push_back(random.noisy(50_ms, sigma).to_seconds());
  double sum = 0;
  for (const double one : seconds) sum += one;
  const auto count = static_cast<double>(seconds.size());
  CHECK(sum / count == Approx(0.050).epsilon(0.02));
  std::sort(seconds.begin(), seconds.end());
  const auto at = [&](double share) { return seconds[static_cast<size_t>(share * count)]; };
  CHECK(at(0.5) == Approx(0.050 * std::exp(-sigma * sigma / 2)).epsilon(0.02));
  CHECK(std::log(at(0.8413) / at(0.5)) == Approx(sigma).epsilon(0.03));
}

TEST_CASE("without noise each time is the mean, and no random number is used") {
  RandomStream random(1, "noise");
  RandomStream untouched(1, "noise");
  CHECK(random.noisy(50_ms, 0) == 50_ms);
  CHECK(random.next() == untouched.next());
}

}  // namespace
}  // namespace wukong
