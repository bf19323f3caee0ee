#include "sim/fluid/fair_share.h"

#include <algorithm>
#include <vector>

#include "sim/base/random.h"
#include "test/catch.h"
#include "test/sim/fluid/progressive_filling.h"

namespace wukong::fluid {
namespace {

constexpr double kUncapped = 1e15;

ResourceId resource(size_t index) { return ResourceId(index); }

BundleId add(FairShare& share, std::vector<ResourceId> used, double cap = kUncapped) {
  return share.add_activity(used, cap);
}

FairShare resources_of(const std::vector<double>& capacities) {
  FairShare share;
  for (size_t i = 0; i < capacities.size(); ++i) share.add_resource(resource(i), capacities[i]);
  return share;
}

TEST_CASE("activities on one resource share it equally") {
  FairShare share = resources_of({12});
  const BundleId activities = add(share, {resource(0)});
  add(share, {resource(0)});
  add(share, {resource(0)});
  share.solve();
  CHECK(share.size(activities) == 3);
  CHECK(share.rate(activities) == Approx(4));  // 12 / 3
  CHECK(share.bottleneck(activities) == resource(0));
  share.remove_activity(activities);
  share.solve();
  CHECK(share.rate(activities) == Approx(6));
}

TEST_CASE("what a capped activity leaves goes to the others") {
  FairShare share = resources_of({12});
  const BundleId slow = add(share, {resource(0)}, 1);
  const BundleId middle = add(share, {resource(0)}, 5);
  const BundleId fast = add(share, {resource(0)});
  share.solve();
  // 12 = 1 + 5 + 6: only the third is held back by the resource.
  CHECK(share.rate(slow) == Approx(1));
  CHECK(share.rate(middle) == Approx(5));
  CHECK(share.rate(fast) == Approx(6));
  CHECK_FALSE(share.bottleneck(middle).valid());
  share.set_capacity(resource(0), 7);
  share.solve();
  // 7 = 1 + 3 + 3.
  CHECK(share.rate(middle) == Approx(3));
  CHECK(share.rate(fast) == Approx(3));
  CHECK(share.bottleneck(middle) == resource(0));
  CHECK(share.usage(resource(0)) == Approx(7));
}

TEST_CASE(
    "an activity of two resources takes its bottleneck's share and leaves the rest of the other") {
  FairShare share = resources_of({6, 20});
  const BundleId first = add(share, {resource(0)});
  const BundleId crossing = add(share, {resource(0), resource(1)});
  const BundleId second = add(share, {resource(1)});
  share.solve();
  // Resource 0: 6 / 2 = 3 each; resource 1: 20 - 3 = 17.
  CHECK(share.rate(first) == Approx(3));
  CHECK(share.rate(crossing) == Approx(3));
  CHECK(share.rate(second) == Approx(17));
  share.remove_activity(first);
  share.solve();
  CHECK(share.rate(crossing) == Approx(6));
  CHECK(share.rate(second) == Approx(14));
}

TEST_CASE("in the parking lot the long activity gets as much as the local ones") {
  // Three resources of 10 in a row, one activity over all, one local activity each: all get 5.
  FairShare share = resources_of({10, 10, 10});
  const BundleId along = add(share, {resource(0), resource(1), resource(2)});
  const BundleId local0 = add(share, {resource(0)});
  const BundleId local1 = add(share, {resource(1)});
  const BundleId local2 = add(share, {resource(2)});
  share.solve();
  for (const BundleId bundle : {along, local0, local1, local2})
    CHECK(share.rate(bundle) == Approx(5));
  // A third activity on resource 1: 10/3 there and for the long one, 20/3 for the others' locals.
  add(share, {resource(1)});
  share.solve();
  CHECK(share.rate(along) == Approx(10.0 / 3));
  CHECK(share.rate(local0) == Approx(20.0 / 3));
  CHECK(share.rate(local1) == Approx(10.0 / 3));
  CHECK(share.rate(local2) == Approx(20.0 / 3));
}

TEST_CASE("a change touches only resources that it can reach") {
  FairShare share = resources_of({10, 10, 10});
  add(share, {resource(0)});
  const BundleId other = add(share, {resource(1)});
  // Held back by resource 1, so what happens on resource 2 with its ample room does not reach
  // resource 1.
  add(share, {resource(1), resource(2)}, 2);
  share.solve();
  add(share, {resource(0)});
  share.solve();
  CHECK(share.solved_resources().size() == 1);
  CHECK(share.solved_resources()[0] == resource(0));
  share.remove_activity(other);
  share.solve();
  CHECK(share.solved_resources().size() == 1);
  CHECK(share.solved_resources()[0] == resource(1));
}

TEST_CASE("a resource that was not full is found when a rising activity fills it") {
  FairShare share = resources_of({10, 6});
  const BundleId crossing = add(share, {resource(0), resource(1)});
  const BundleId first = add(share, {resource(0)});
  for (int i = 0; i < 9; ++i) add(share, {resource(0)});
  const BundleId second = add(share, {resource(1)}, 2);
  share.solve();
  CHECK(share.rate(crossing) == Approx(10.0 / 11));
  for (int i = 0; i < 10; ++i) share.remove_activity(first);
  share.solve();
  // Alone on resource 0 the crossing activity would get 10; resource 1 leaves 6 - 2.
  CHECK(share.rate(crossing) == Approx(4));
  CHECK(share.rate(second) == Approx(2));
  CHECK(share.bottleneck(crossing) == resource(1));
}

// A random population, changed step by step and compared with the textbook after each.
class RandomShares {
 public:
  RandomShares(uint64_t seed, bool integers)
      : random_(seed, "fair share test"), integers_(integers) {
    const size_t count = 1 + random_.below(12);
    for (size_t i = 0; i < count; ++i) {
      capacities_.push_back(amount(100));
      share_.add_resource(resource(i), capacities_.back());
    }
  }

  void change() {
    const uint64_t what = random_.below(20);
    if (what == 0) {
      const size_t l = random_.below(capacities_.size());
      capacities_[l] = amount(100);
      share_.set_capacity(resource(l), capacities_[l]);
    } else if (activities_.empty() || what <= 10) {
      add_activity();
    } else {
      const size_t f = random_.below(activities_.size());
      share_.remove_activity(bundles_[f]);
      activities_.erase(activities_.begin() + static_cast<std::ptrdiff_t>(f));
      bundles_.erase(bundles_.begin() + static_cast<std::ptrdiff_t>(f));
    }
  }

  void compare() {
    share_.solve();
    const std::vector<double> expected = progressive_filling(capacities_, activities_);
    for (size_t f = 0; f < activities_.size(); ++f)
      REQUIRE(share_.rate(bundles_[f]) == Approx(expected[f]).epsilon(1e-9));
    certify();
  }

 private:
  // No resource carries more than it can, and each activity is at its cap or crosses a full
  // resource on which no activity is faster.
  void certify() {
    std::vector<double> usage(capacities_.size(), 0);
    std::vector<double> fastest(capacities_.size(), 0);
    for (size_t f = 0; f < activities_.size(); ++f) {
      for (const size_t l : activities_[f].resources) {
        usage[l] += share_.rate(bundles_[f]);
        fastest[l] = std::max(fastest[l], share_.rate(bundles_[f]));
      }
    }
    for (size_t l = 0; l < capacities_.size(); ++l) {
      REQUIRE(usage[l] <= capacities_[l] * (1 + 1e-9));
      REQUIRE(share_.usage(resource(l)) == Approx(usage[l]).epsilon(1e-9).margin(1e-9));
    }
    for (size_t f = 0; f < activities_.size(); ++f) {
      const double rate = share_.rate(bundles_[f]);
      bool held = rate >= activities_[f].cap * (1 - 1e-9);
      for (const size_t l : activities_[f].resources)
        held |= usage[l] >= capacities_[l] * (1 - 1e-9) && rate >= fastest[l] * (1 - 1e-9);
      REQUIRE(held);
    }
  }

  void add_activity() {
    ReferenceActivity activity;
    std::vector<ResourceId> used;
    const size_t count = std::min<size_t>(random_.below(5), capacities_.size());
    while (used.size() < count) {
      const size_t l = random_.below(capacities_.size());
      if (std::find(activity.resources.begin(), activity.resources.end(), l) !=
          activity.resources.end())
        continue;
      activity.resources.push_back(l);
      used.push_back(resource(l));
    }
    activity.cap = random_.chance(0.5) ? amount(30) : kUncapped;
    activities_.push_back(activity);
    bundles_.push_back(share_.add_activity(used, activity.cap));
  }

  // Small integers make many ties.
  double amount(uint64_t most) {
    const auto whole = static_cast<double>(1 + random_.below(most));
    return integers_ ? whole : whole * (0.5 + random_.uniform());
  }

  RandomStream random_;
  bool integers_;
  FairShare share_;
  std::vector<double> capacities_;
  std::vector<ReferenceActivity> activities_;
  std::vector<BundleId> bundles_;
};

TEST_CASE("rates under random change are those of progressive filling") {
  for (uint64_t seed = 0; seed < 400; ++seed) {
    INFO("seed " << seed);
    RandomShares shares(seed, seed % 2 == 0);
    RandomStream rhythm(seed, "rhythm");
    for (int step = 0; step < 60; ++step) {
      for (uint64_t changes = 1 + rhythm.below(3); changes > 0; --changes) shares.change();
      shares.compare();
    }
  }
}

}  // namespace
}  // namespace wukong::fluid
