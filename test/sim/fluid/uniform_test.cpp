#include <vector>

#include "sim/base/random.h"
#include "sim/fluid/fair_share.h"
#include "test/catch.h"
#include "test/sim/fluid/progressive_filling.h"

namespace wukong::fluid {
namespace {

constexpr double kNoLimit = 1e15;

// Shards, and interfaces that several activities share: most shards are full and hold back many
// bundles, some interfaces are full too, and capacities change.
class RandomStar {
 public:
  RandomStar(uint64_t seed, bool integers, uint64_t least_interface)
      : random_(seed, "star test"), integers_(integers), least_interface_(least_interface) {
    for (size_t i = 0; i < kShards; ++i) add_resource(200);
    for (size_t i = 0; i < kInterfaces; ++i) add_resource(20);
  }

  void change() {
    const uint64_t what = random_.below(40);
    if (what < 2) {
      const size_t l = random_.below(capacities_.size());
      capacities_[l] = amount(l < kShards ? 200 : 20);
      share_.set_capacity(ResourceId(l), capacities_[l]);
    } else if (activities_.size() < 80 || (what < 20 && activities_.size() < 160)) {
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
    relevelled_ += share_.relevelled_resources().size();
    parted_ += share_.parted_resources().size();
    const std::vector<double> expected = progressive_filling(capacities_, activities_);
    std::vector<double> usage(capacities_.size(), 0);
    for (size_t f = 0; f < activities_.size(); ++f) {
      REQUIRE(share_.rate(bundles_[f]) == Approx(expected[f]).epsilon(1e-9));
      for (const size_t l : activities_[f].resources) usage[l] += expected[f];
    }
    for (size_t l = 0; l < capacities_.size(); ++l)
      REQUIRE(share_.usage(ResourceId(l)) == Approx(usage[l]).epsilon(1e-9).margin(1e-9));
  }

  size_t relevelled() const { return relevelled_; }
  size_t parted() const { return parted_; }

 private:
  static constexpr size_t kShards = 3;
  static constexpr size_t kInterfaces = 40;

  void add_resource(uint64_t most) {
    capacities_.push_back(amount(most));
    share_.add_resource(ResourceId(capacities_.size() - 1), capacities_.back());
  }

  void add_activity() {
    ReferenceActivity activity;
    activity.resources.push_back(random_.below(kShards));
    if (random_.chance(0.8)) activity.resources.push_back(kShards + random_.below(kInterfaces));
    activity.cap = random_.chance(0.5) ? amount(10) : kNoLimit;
    std::vector<ResourceId> used;
    for (const size_t l : activity.resources) used.emplace_back(l);
    activities_.push_back(activity);
    bundles_.push_back(share_.add_activity(used, activity.cap));
  }

  // Small integers make many ties.
  double amount(uint64_t most) {
    const auto whole = static_cast<double>(least_interface_ + random_.below(most));
    return integers_ ? whole : whole * (0.5 + random_.uniform());
  }

  RandomStream random_;
  bool integers_;
  uint64_t least_interface_;
  FairShare share_;
  std::vector<double> capacities_;
  std::vector<ReferenceActivity> activities_;
  std::vector<BundleId> bundles_;
  size_t relevelled_ = 0;
  size_t parted_ = 0;
};

TEST_CASE("rates of a star are those of progressive filling, though many are found by a division") {
  size_t relevelled = 0, parted = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    INFO("seed " << seed);
    RandomStar star(seed, seed % 2 == 0, seed % 3 == 0 ? 1 : 10);
    RandomStream rhythm(seed, "rhythm");
    for (int step = 0; step < 150; ++step) {
      for (uint64_t changes = 1 + rhythm.below(3); changes > 0; --changes) star.change();
      star.compare();
    }
    relevelled += star.relevelled();
    parted += star.parted();
  }
  CHECK(relevelled > 500);
  CHECK(parted > 100);
}

TEST_CASE("a level that passes caps moves their bundles, without a sweep") {
  FairShare share;
  share.add_resource(ResourceId(0), 100);
  const std::vector used{ResourceId(0)};
  std::vector<BundleId> bundles;
  for (int cap = 1; cap <= 20; ++cap) bundles.push_back(share.add_activity(used, cap));
  share.solve();
  CHECK(share.rate(bundles[19]) == Approx(85.0 / 15));  // the five lowest caps take 15
  CHECK_FALSE(share.bottleneck(bundles[4]).valid());

  BundleId more;
  for (int i = 0; i < 6; ++i) more = share.add_activity(used, kNoLimit);
  share.solve();
  CHECK(share.rate(bundles[19]) == Approx(90.0 / 22));  // the four lowest take 10
  CHECK(share.rate(more) == share.rate(bundles[19]));
  CHECK(share.rate(bundles[4]) == share.rate(bundles[19]));
  CHECK(share.bottleneck(bundles[4]) == ResourceId(0));
  CHECK(share.solved_resources().empty());

  for (int i = 0; i < 6; ++i) share.remove_activity(more);
  share.solve();
  CHECK(share.rate(bundles[4]) == 5);
  CHECK(share.rate(bundles[19]) == Approx(85.0 / 15));
  CHECK(share.solved_resources().empty());
}

}  // namespace
}  // namespace wukong::fluid
