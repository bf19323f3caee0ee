#include "bench/statistics/quantile_sketch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/base/random.h"
#include "test/catch.h"

namespace wukong::statistics {
namespace {

constexpr double kQuantiles[] = {0, 0.001, 0.01, 0.07, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 1};

QuantileSketch sketch_of(const std::vector<int64_t>& values) {
  QuantileSketch sketch;
  for (const int64_t value : values) sketch.add(Duration::nanoseconds(value));
  return sketch;
}

// The smallest value that at least a share q of them do not exceed.
int64_t exact_quantile(std::vector<int64_t> values, double q) {
  std::sort(values.begin(), values.end());
  const double n = static_cast<double>(values.size());
  size_t rank = 1;
  while (static_cast<double>(rank) < q * n - 1e-6) ++rank;
  return values[rank - 1];
}

void check_against_exact(const std::vector<int64_t>& values) {
  const QuantileSketch sketch = sketch_of(values);
  for (const double q : kQuantiles) {
    const auto exact = static_cast<double>(exact_quantile(values, q));
    const auto found = static_cast<double>(sketch.quantile(q).count_ns());
    INFO(q << ": " << found << " instead of " << exact);
    CHECK(std::abs(found - exact) <= QuantileSketch::kRelativeError * exact);
  }
}

std::vector<int64_t> lognormal_values(size_t count, double median, double sigma, uint64_t seed) {
  RandomStream random(seed, "sketch");
  std::vector<int64_t> values(count);
  for (int64_t& value : values) value = static_cast<int64_t>(random.lognormal(median, sigma));
  return values;
}

TEST_CASE("a sketch's quantiles are within its error of those of all values", "[statistics]") {
  check_against_exact(lognormal_values(20'000, 684e6, 2.36, 1));
  check_against_exact(lognormal_values(20'000, 5e3, 0.2, 2));
  std::vector<int64_t> consecutive(5'000);
  for (size_t i = 0; i < consecutive.size(); ++i) consecutive[i] = static_cast<int64_t>(i);
  check_against_exact(consecutive);
  std::vector<int64_t> two(1'000, 7);
  two.resize(1'500, 1'000'000'000'007);
  check_against_exact(two);
}

TEST_CASE("a value anywhere between 0 and the longest duration is within the error",
          "[statistics]") {
  for (int64_t value :
       {int64_t{0}, int64_t{1}, int64_t{511}, int64_t{512}, int64_t{1023}, int64_t{1024},
        int64_t{1025}, int64_t{123'456'789'012'345}, std::numeric_limits<int64_t>::max()}) {
    std::vector<int64_t> values(150, value);
    values.insert(values.begin(), 100, 0);
    values.insert(values.end(), 100, std::numeric_limits<int64_t>::max());
    const double found = static_cast<double>(sketch_of(values).quantile(0.5).count_ns());
    CHECK(std::abs(found - static_cast<double>(value)) <= 0.001 * static_cast<double>(value));
  }
}

TEST_CASE("up to 128 values have exact quantiles, and any number an exact mean, least, greatest",
          "[statistics]") {
  const std::vector<int64_t> few = lognormal_values(128, 1e9, 1, 3);
  const QuantileSketch sketch = sketch_of(few);
  for (const double q : kQuantiles) CHECK(sketch.quantile(q).count_ns() == exact_quantile(few, q));
  const std::vector<int64_t> many = lognormal_values(10'000, 1e9, 1, 3);
  const QuantileSketch large = sketch_of(many);
  __extension__ __int128 sum = 0;
  for (const int64_t value : many) sum += value;
  CHECK(large.count() == 10'000);
  CHECK(large.mean().count_ns() == static_cast<int64_t>((sum + 5'000) / 10'000));
  CHECK(large.min().count_ns() == *std::min_element(many.begin(), many.end()));
  CHECK(large.quantile(1).count_ns() == *std::max_element(many.begin(), many.end()));
}

TEST_CASE("merged sketches say what one sketch of all values says", "[statistics]") {
  for (const size_t size : {size_t{30}, size_t{100}, size_t{5'000}}) {
    const std::vector<int64_t> all = lognormal_values(3 * size, 1e9, 2, size);
    QuantileSketch merged;
    for (size_t part = 3; part-- > 0;) {
      const auto begin = all.begin() + static_cast<long>(part * size);
      merged.merge(sketch_of({begin, begin + static_cast<long>(size)}));
    }
    const QuantileSketch whole = sketch_of(all);
    CHECK(merged.count() == whole.count());
    CHECK(merged.mean() == whole.mean());
    for (const double q : kQuantiles) CHECK(merged.quantile(q) == whole.quantile(q));
    QuantileSketch twice = whole;
    twice.merge(twice);
    CHECK(twice.count() == 2 * whole.count());
    CHECK(twice.mean() == whole.mean());
    CHECK(twice.max() == whole.max());
  }
}

TEST_CASE("a sketch's memory depends on how far its values are apart, not on their number",
          "[statistics]") {
  const size_t small = sketch_of(lognormal_values(1'000, 1e9, 1, 5)).memory_bytes();
  CHECK(small < 60'000);
  CHECK(sketch_of(lognormal_values(50'000, 1e9, 1, 5)).memory_bytes() < small + 30'000);
  CHECK(sketch_of(lognormal_values(100, 1e9, 1, 5)).memory_bytes() <= 2'048);
}

}  // namespace
}  // namespace wukong::statistics
