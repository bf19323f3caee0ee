#include "sim/platform/fair_share.h"

#include <algorithm>
#include <vector>

#include "sim/base/random.h"
#include "test/catch.h"
#include "test/sim/platform/progressive_filling.h"

namespace wukong::sim {
namespace {

constexpr double kUncapped = 1e15;

LinkId link(size_t index) { return LinkId(index); }

BundleId add(FairShare& share, std::vector<LinkId> route, double cap = kUncapped) {
  return share.add_flow(route, cap);
}

FairShare links_of(const std::vector<double>& capacities) {
  FairShare share;
  for (size_t i = 0; i < capacities.size(); ++i) share.add_link(link(i), capacities[i]);
  return share;
}

TEST_CASE("flows on one link share it equally") {
  FairShare share = links_of({12});
  const BundleId flows = add(share, {link(0)});
  add(share, {link(0)});
  add(share, {link(0)});
  share.solve();
  CHECK(share.flows(flows) == 3);
  CHECK(share.rate(flows) == Approx(4));  // 12 / 3
  CHECK(share.bottleneck(flows) == link(0));
  share.remove_flow(flows);
  share.solve();
  CHECK(share.rate(flows) == Approx(6));
}

TEST_CASE("what a capped flow leaves goes to the others") {
  FairShare share = links_of({12});
  const BundleId slow = add(share, {link(0)}, 1);
  const BundleId middle = add(share, {link(0)}, 5);
  const BundleId fast = add(share, {link(0)});
  share.solve();
  // 12 = 1 + 5 + 6: only the third is held back by the link.
  CHECK(share.rate(slow) == Approx(1));
  CHECK(share.rate(middle) == Approx(5));
  CHECK(share.rate(fast) == Approx(6));
  CHECK_FALSE(share.bottleneck(middle).valid());
  share.set_capacity(link(0), 7);
  share.solve();
  // 7 = 1 + 3 + 3.
  CHECK(share.rate(middle) == Approx(3));
  CHECK(share.rate(fast) == Approx(3));
  CHECK(share.bottleneck(middle) == link(0));
  CHECK(share.usage(link(0)) == Approx(7));
}

TEST_CASE("a flow over two links takes its bottleneck's share and leaves the rest of the other") {
  FairShare share = links_of({6, 20});
  const BundleId first = add(share, {link(0)});
  const BundleId crossing = add(share, {link(0), link(1)});
  const BundleId second = add(share, {link(1)});
  share.solve();
  // Link 0: 6 / 2 = 3 each; link 1: 20 - 3 = 17.
  CHECK(share.rate(first) == Approx(3));
  CHECK(share.rate(crossing) == Approx(3));
  CHECK(share.rate(second) == Approx(17));
  share.remove_flow(first);
  share.solve();
  CHECK(share.rate(crossing) == Approx(6));
  CHECK(share.rate(second) == Approx(14));
}

TEST_CASE("in the parking lot the long flow gets as much as the local ones") {
  // Three links of 10 in a row, one flow over all, one local flow each: all get 5.
  FairShare share = links_of({10, 10, 10});
  const BundleId along = add(share, {link(0), link(1), link(2)});
  const BundleId local0 = add(share, {link(0)});
  const BundleId local1 = add(share, {link(1)});
  const BundleId local2 = add(share, {link(2)});
  share.solve();
  for (const BundleId bundle : {along, local0, local1, local2})
    CHECK(share.rate(bundle) == Approx(5));
  // A third flow on link 1: 10/3 there and for the long one, 20/3 for the others' locals.
  add(share, {link(1)});
  share.solve();
  CHECK(share.rate(along) == Approx(10.0 / 3));
  CHECK(share.rate(local0) == Approx(20.0 / 3));
  CHECK(share.rate(local1) == Approx(10.0 / 3));
  CHECK(share.rate(local2) == Approx(20.0 / 3));
}

TEST_CASE("a change touches only links that it can reach") {
  FairShare share = links_of({10, 10, 10});
  add(share, {link(0)});
  const BundleId other = add(share, {link(1)});
  // Held back by link 1, so what happens on link 2 with its ample room does not reach link 1.
  add(share, {link(1), link(2)}, 2);
  share.solve();
  add(share, {link(0)});
  share.solve();
  CHECK(share.solved_links().size() == 1);
  CHECK(share.solved_links()[0] == link(0));
  share.remove_flow(other);
  share.solve();
  CHECK(share.solved_links().size() == 1);
  CHECK(share.solved_links()[0] == link(1));
}

TEST_CASE("a link that was not full is found when a rising flow fills it") {
  FairShare share = links_of({10, 6});
  const BundleId crossing = add(share, {link(0), link(1)});
  const BundleId first = add(share, {link(0)});
  for (int i = 0; i < 9; ++i) add(share, {link(0)});
  const BundleId second = add(share, {link(1)}, 2);
  share.solve();
  CHECK(share.rate(crossing) == Approx(10.0 / 11));
  for (int i = 0; i < 10; ++i) share.remove_flow(first);
  share.solve();
  // Alone on link 0 the crossing flow would get 10; link 1 leaves 6 - 2.
  CHECK(share.rate(crossing) == Approx(4));
  CHECK(share.rate(second) == Approx(2));
  CHECK(share.bottleneck(crossing) == link(1));
}

// A random population, changed step by step and compared with the textbook after each.
class RandomShares {
 public:
  RandomShares(uint64_t seed, bool integers)
      : random_(seed, "fair share test"), integers_(integers) {
    const size_t count = 1 + random_.below(12);
    for (size_t i = 0; i < count; ++i) {
      capacities_.push_back(amount(100));
      share_.add_link(link(i), capacities_.back());
    }
  }

  void change() {
    const uint64_t what = random_.below(20);
    if (what == 0) {
      const size_t l = random_.below(capacities_.size());
      capacities_[l] = amount(100);
      share_.set_capacity(link(l), capacities_[l]);
    } else if (flows_.empty() || what <= 10) {
      add_flow();
    } else {
      const size_t f = random_.below(flows_.size());
      share_.remove_flow(bundles_[f]);
      flows_.erase(flows_.begin() + static_cast<std::ptrdiff_t>(f));
      bundles_.erase(bundles_.begin() + static_cast<std::ptrdiff_t>(f));
    }
  }

  void compare() {
    share_.solve();
    const std::vector<double> expected = progressive_filling(capacities_, flows_);
    for (size_t f = 0; f < flows_.size(); ++f)
      REQUIRE(share_.rate(bundles_[f]) == Approx(expected[f]).epsilon(1e-9));
    certify();
  }

 private:
  // No link carries more than it can, and each flow is at its cap or crosses a full link on which
  // no flow is faster.
  void certify() {
    std::vector<double> usage(capacities_.size(), 0);
    std::vector<double> fastest(capacities_.size(), 0);
    for (size_t f = 0; f < flows_.size(); ++f) {
      for (const size_t l : flows_[f].links) {
        usage[l] += share_.rate(bundles_[f]);
        fastest[l] = std::max(fastest[l], share_.rate(bundles_[f]));
      }
    }
    for (size_t l = 0; l < capacities_.size(); ++l) {
      REQUIRE(usage[l] <= capacities_[l] * (1 + 1e-9));
      REQUIRE(share_.usage(link(l)) == Approx(usage[l]).epsilon(1e-9).margin(1e-9));
    }
    for (size_t f = 0; f < flows_.size(); ++f) {
      const double rate = share_.rate(bundles_[f]);
      bool held = rate >= flows_[f].cap * (1 - 1e-9);
      for (const size_t l : flows_[f].links)
        held |= usage[l] >= capacities_[l] * (1 - 1e-9) && rate >= fastest[l] * (1 - 1e-9);
      REQUIRE(held);
    }
  }

  void add_flow() {
    ReferenceFlow flow;
    std::vector<LinkId> route;
    const size_t count = std::min<size_t>(random_.below(5), capacities_.size());
    while (route.size() < count) {
      const size_t l = random_.below(capacities_.size());
      if (std::find(flow.links.begin(), flow.links.end(), l) != flow.links.end()) continue;
      flow.links.push_back(l);
      route.push_back(link(l));
    }
    flow.cap = random_.chance(0.5) ? amount(30) : kUncapped;
    flows_.push_back(flow);
    bundles_.push_back(share_.add_flow(route, flow.cap));
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
  std::vector<ReferenceFlow> flows_;
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
}  // namespace wukong::sim
