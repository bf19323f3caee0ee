// Max-min fair rates of flows over links, kept up to date under change. It knows neither time nor
// amounts; Network::Solver adds those.
//
// Flows with the same route and the same cap always have the same rate, so they are one *bundle*,
// and its number of flows is all that is kept. In a solution every link has a *level*: if it is
// full, the rate of the flows that it holds back, which no flow on it exceeds; else it has none. A
// bundle is held back by a full link of its route, its bottleneck, or by its cap.
//
// Changes are collected and solved at once by water-filling that starts at the changed links alone
// and takes in another link when the rate of a bundle that crosses it changes. Levels rise in one
// sweep, and a change at one level only reaches links of the same or higher levels, so a link is
// taken in before the sweep has passed its level. Only links that were not full are taken on trust:
// if one turns out over-full at the end, the sweep is repeated with that link in from the start.
//
// Rates are in bytes per second. A new rate within 1e-12 of the old one is the old one, so that
// rounding does not travel.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "sim/platform/ids.h"
#include "sim/platform/indexed_heap.h"

namespace wukong::sim {

using BundleId = Id<struct BundleTag>;

class FairShare {
 public:
  static constexpr size_t kMostLinks = 4;

  // Ids are given by the caller and dense.
  void add_link(LinkId link, double capacity);
  void set_capacity(LinkId link, double capacity);
  // REQUIRES: no flow crosses the link.
  void remove_link(LinkId link);

  // One flow more in the bundle of this route (each link once) and cap; a new bundle if there is
  // none. Until it is solved a new bundle runs at its cap.
  BundleId add_flow(std::span<const LinkId> route, double cap);
  // A bundle whose last flow goes is gone, and its id is used again.
  void remove_flow(BundleId bundle);

  void solve();
  // Of the last call of solve(): bundles whose rate or bottleneck is another one, and links whose
  // level was worked out anew.
  std::span<const BundleId> changed_bundles() const { return changed_; }
  std::span<const LinkId> solved_links() const { return joined_; }

  double rate(BundleId bundle) const { return bundles_[bundle.index()].rate; }
  uint32_t flows(BundleId bundle) const { return bundles_[bundle.index()].flows; }
  // None: the cap.
  LinkId bottleneck(BundleId bundle) const { return bundles_[bundle.index()].home; }
  std::span<const LinkId> route(BundleId bundle) const {
    const Bundle& found = bundles_[bundle.index()];
    return {found.links.data(), found.link_count};
  }
  double capacity(LinkId link) const { return links_[link.index()].capacity; }
  // Bytes per second that cross the link.
  double usage(LinkId link) const { return links_[link.index()].usage; }
  std::span<const BundleId> bundles(LinkId link) const { return links_[link.index()].bundles; }
  // Those of them that the link holds back.
  std::span<const BundleId> held_bundles(LinkId link) const {
    return bundles(link).first(links_[link.index()].held);
  }

 private:
  static constexpr double kNone = std::numeric_limits<double>::infinity();

  // One cache line; a sweep reads little else.
  struct alignas(64) Bundle {
    std::array<LinkId, kMostLinks> links;
    double cap = 0;
    double rate = 0;
    double new_rate = 0;
    uint64_t sweep = 0;  // in which new_rate and new_home were found
    uint32_t flows = 0;
    LinkId home;  // the bottleneck
    LinkId new_home;
    uint8_t link_count = 0;
  };

  struct Link {
    double capacity = 0;
    double usage = 0;
    double level = kNone;
    std::vector<BundleId> bundles;  // first those that it holds back
    uint32_t held = 0;
    uint32_t rounded_changes = 0;  // of `usage`, since it was last added up
    bool dirty = false;
    // Of a sweep that the link has joined:
    bool released = false;  // its old level is passed: its flows may have more than before
    uint32_t queue_position = 0;
    int64_t live = 0;           // flows whose new rate is not known yet
    double rest = 0;            // capacity that the others leave to them
    double lowest_ceiling = 0;  // of the live ones; a lower bound
    double new_level = kNone;
    std::vector<BundleId> pending;  // among them the live ones
    // Of a sweep that it has not joined:
    uint64_t brushed_sweep = 0;
    double brushed = 0;  // change of usage
  };

  BundleId find(std::span<const LinkId> route, double cap) const;
  BundleId take_bundle();
  void attach(BundleId id);
  void detach(BundleId id);
  size_t crossing(BundleId id, LinkId link) const;
  void swap_bundles(LinkId link, size_t a, size_t b);
  void set_home(BundleId id, LinkId home);
  void add_usage(Link& link, double rate);
  void mark_changed(LinkId id);

  bool joined(LinkId link) const { return joined_in_[link.index()] == sweep_; }
  bool settled(const Bundle& bundle) const { return bundle.sweep == sweep_; }
  static double next_level(const Link& link);
  bool held_outside(const Bundle& bundle) const;
  double ceiling(const Bundle& bundle) const;
  void begin_sweep();
  void join(LinkId id);
  void advance(LinkId id, double level);
  void fill(LinkId id, double level);
  bool settle_at_ceilings(Link& link, double level);
  void settle(BundleId id, double rate, LinkId home);
  void brush(LinkId id, double change);
  void release(LinkId id);
  bool add_overfull_seeds();
  void commit();

  std::vector<Link> links_;
  std::vector<Bundle> bundles_;
  std::vector<std::array<uint32_t, kMostLinks>> positions_;  // of a bundle in its links' lists
  std::vector<BundleId> free_;
  std::vector<LinkId> dirty_;

  uint64_t sweep_ = 0;
  std::vector<uint64_t> joined_in_;  // by link: the last sweep that it joined
  double water_ = 0;                 // the level that the sweep has reached
  IndexedHeap<double> queue_;        // the next levels of links with live flows
  std::vector<LinkId> joined_;
  std::vector<LinkId> brushed_;
  std::vector<BundleId> changed_;
};

}  // namespace wukong::sim
