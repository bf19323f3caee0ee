#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "sim/base/random.h"
#include "test/catch.h"
#include "test/sim/platform/network_test_bed.h"
#include "test/sim/platform/progressive_filling.h"

namespace wukong::sim {
namespace {

// Transfers at random times over random routes, and the same by the textbook: rates from scratch
// after every start and end.
struct Plan {
  int64_t start;
  int64_t amount;
  std::vector<size_t> links;
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
    std::vector<ReferenceFlow> flows;
    int64_t next = std::numeric_limits<int64_t>::max();
    for (size_t i = 0; i < plans.size(); ++i) {
      if (ends[i] >= 0) continue;
      if (plans[i].start > now) {
        next = std::min(next, plans[i].start);
        continue;
      }
      active.push_back(i);
      flows.push_back({plans[i].links, static_cast<double>(plans[i].cap)});
    }
    const std::vector<double> rates = progressive_filling(capacities, flows);
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

void compare_random_transfers(uint64_t seed, size_t count, size_t link_count) {
  INFO("seed " << seed);
  NetworkTestBed f;
  RandomStream random(seed, "network test");
  std::vector<double> capacities;
  std::vector<LinkId> links;
  for (size_t i = 0; i < link_count; ++i) {
    const auto capacity = static_cast<int64_t>(50'000'000 + random.below(200'000'000));
    capacities.push_back(static_cast<double>(capacity));
    links.push_back(f.link(capacity));
  }
  std::vector<Plan> plans(count);
  std::vector<std::optional<Time>> ends(count);
  std::vector<int64_t> expected_bytes(link_count, 0);
  for (size_t i = 0; i < count; ++i) {
    Plan& plan = plans[i];
    plan.start = static_cast<int64_t>(random.below(1'000'000'000));
    if (random.chance(0.3)) plan.start = plan.start / 100'000'000 * 100'000'000;
    plan.amount = static_cast<int64_t>(1 + random.below(20'000'000));
    plan.cap = random.chance(0.5) ? static_cast<int64_t>(1'000'000 + random.below(30'000'000))
                                  : kNoCap.count();
    Route route;
    for (size_t l = random.below(link_count), n = 1 + random.below(3); n > 0; --n, l += 1) {
      plan.links.push_back(l % link_count);
      route.via(links[l % link_count]);
      expected_bytes[l % link_count] += plan.amount;
    }
    f.send(Duration::nanoseconds(plan.start), plan.amount, route, ends[i], rate(plan.cap));
  }
  f.run();
  const std::vector<int64_t> expected = reference_ends(capacities, plans);
  for (size_t i = 0; i < count; ++i) {
    const auto tolerance = 1 + 1e-9 * static_cast<double>(expected[i]);
    REQUIRE(std::abs(static_cast<double>(ends[i]->count_ns() - expected[i])) <= tolerance);
  }
  for (size_t l = 0; l < link_count; ++l)
    REQUIRE(f.network.carried(links[l]) == Bytes(expected_bytes[l]));
}

TEST_CASE("random transfers end when progressive filling at every event says") {
  for (uint64_t seed = 0; seed < 60; ++seed) compare_random_transfers(seed, 80, 3 + seed % 9);
  compare_random_transfers(1000, 600, 30);
}

}  // namespace
}  // namespace wukong::sim
