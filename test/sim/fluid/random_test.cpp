#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "sim/base/random.h"
#include "test/catch.h"
#include "test/sim/fluid/fluid_test_bed.h"
#include "test/sim/fluid/progressive_filling.h"

namespace wukong::fluid {
namespace {

// Activities at random times of random resources, and the same by the textbook: rates from scratch
// after every start and end.
struct Plan {
  int64_t start;
  int64_t amount;
  std::vector<size_t> resources;
  int64_t cap;
};

std::vector<int64_t> reference_ends(const std::vector<double>& capacities,
                                    const std::vector<Plan>& plans) {
  std::vector<int64_t> ends(plans.size(), -1);
  std::vector<double> left(plans.size());
  for (size_t i = 0; i < plans.size(); ++i) left[i] = static_cast<double>(plans[i].amount);
  int64_t now = 0;
  for (size_t done = 0; done < plans.size();) {
    std::vector<size_t> active;
    std::vector<ReferenceActivity> activities;
    int64_t next = std::numeric_limits<int64_t>::max();
    for (size_t i = 0; i < plans.size(); ++i) {
      if (ends[i] >= 0) continue;
      if (plans[i].start > now) {
        next = std::min(next, plans[i].start);
        continue;
      }
      active.push_back(i);
      activities.push_back({plans[i].resources, static_cast<double>(plans[i].cap)});
    }
    const std::vector<double> rates = progressive_filling(capacities, activities);
    for (size_t a = 0; a < active.size(); ++a) {
      const double wait = std::ceil(left[active[a]] / rates[a] * 1e9 - 1e-3);
      next = std::min(next, now + static_cast<int64_t>(std::max(wait, 0.0)));
    }
    for (size_t a = 0; a < active.size(); ++a) {
      left[active[a]] -= rates[a] * static_cast<double>(next - now) * 1e-9;
      if (left[active[a]] > rates[a] * 2e-12) continue;
      ends[active[a]] = next;
      ++done;
    }
    now = next;
  }
  return ends;
}

void compare_random_activities(uint64_t seed, size_t count, size_t resource_count) {
  INFO("seed " << seed);
  PoolTestBed f;
  RandomStream random(seed, "random activities");
  std::vector<double> capacities;
  std::vector<ResourceId> resources;
  for (size_t i = 0; i < resource_count; ++i) {
    const auto capacity = static_cast<int64_t>(50'000'000 + random.below(200'000'000));
    capacities.push_back(static_cast<double>(capacity));
    resources.push_back(f.resource(capacity));
  }
  std::vector<Plan> plans(count);
  std::vector<std::optional<Time>> ends(count);
  std::vector<int64_t> expected_amounts(resource_count, 0);
  for (size_t i = 0; i < count; ++i) {
    Plan& plan = plans[i];
    plan.start = static_cast<int64_t>(random.below(1'000'000'000));
    if (random.chance(0.3)) plan.start = plan.start / 100'000'000 * 100'000'000;
    plan.amount = static_cast<int64_t>(1 + random.below(20'000'000));
    plan.cap = random.chance(0.5) ? static_cast<int64_t>(1'000'000 + random.below(30'000'000))
                                  : kNoCap.count();
    ResourceList used;
    for (size_t l = random.below(resource_count), n = 1 + random.below(3); n > 0; --n, l += 1) {
      plan.resources.push_back(l % resource_count);
      used.add(resources[l % resource_count]);
      expected_amounts[l % resource_count] += plan.amount;
    }
    f.start(Duration::nanoseconds(plan.start), plan.amount, used, ends[i], rate(plan.cap));
  }
  f.run();
  const std::vector<int64_t> expected = reference_ends(capacities, plans);
  for (size_t i = 0; i < count; ++i) {
    const auto tolerance = 1 + 1e-9 * static_cast<double>(expected[i]);
    REQUIRE(std::abs(static_cast<double>(ends[i]->count_ns() - expected[i])) <= tolerance);
  }
  for (size_t l = 0; l < resource_count; ++l)
    REQUIRE(f.pool.given(resources[l]) == Amount(expected_amounts[l]));
}

TEST_CASE("random activities end when progressive filling at every event says") {
  for (uint64_t seed = 0; seed < 60; ++seed) compare_random_activities(seed, 80, 3 + seed % 9);
  compare_random_activities(1000, 600, 30);
}

}  // namespace
}  // namespace wukong::fluid
