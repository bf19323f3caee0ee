// Max-min fair rates of activities that use resources, kept up to date under change: no activity
// can have more without another, that has no more than it, having less. It knows neither time nor
// amounts; Pool::Solver adds those.
//
// Activities with the same resources and the same cap always have the same rate, so they are one
// *bundle*, and its size is all that is kept. In a solution every resource has a *level*: if it is
// full, the rate of the activities that it holds back, which no other one on it exceeds; else it
// has none. A bundle is held back by a full one of its resources, its *bottleneck*, or by its cap.
//
// Changes are collected and solved at once by water-filling (all rates rise together from zero, and
// those that a full resource or their cap stops stay behind), which starts at the changed resources
// alone and takes in another one when the rate of a bundle that uses it changes. Levels rise in one
// *sweep*, and a change at one level only reaches resources of the same or higher levels, so a
// resource is taken in before the sweep has passed its level. Only resources that were not full are
// taken on trust: if one turns out over-full at the end, the sweep is repeated with that one in
// from the start.
//
// Many full resources are *uniform*: each bundle on them is held back by them or by its cap, and
// nothing else that those use can become full before the level passes a bound that is known
// (fair_share_uniform.cpp). When activities come and go, or its capacity changes, the level of such
// a resource is found by a division, and it is the rate of all bundles that the resource holds
// back.
//
// Rates are per second. A new rate within 1e-12 of the old one is the old one, so that rounding
// does not travel.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "sim/fluid/indexed_heap.h"
#include "sim/fluid/resource.h"

namespace wukong::fluid {

using BundleId = Id<struct BundleTag>;

class FairShare {
 public:
  static constexpr size_t kMostResources = ResourceList::kMost;

  // Ids are given by the caller and dense. Bundles whose rates change with the level of a uniform
  // resource are not told of if no more than `watched` per second is taken of this one.
  void add_resource(ResourceId resource, double capacity, double watched = kNone);
  void set_capacity(ResourceId resource, double capacity);
  // REQUIRES: no activity uses the resource.
  void remove_resource(ResourceId resource);

  // One activity more in the bundle of those that use these (each once) with this cap; a new bundle
  // if there is none. Until it is solved a new bundle runs at its cap.
  BundleId add_activity(std::span<const ResourceId> used, double cap);
  // A bundle whose last activity goes is gone, and its id is used again.
  void remove_activity(BundleId bundle);

  void solve();
  // Of the last call of solve(): bundles whose rate or bottleneck is another one, but for those
  // that a uniform resource holds back; resources whose level was worked out by a sweep; and
  // uniform ones whose level is another one, or which are uniform no longer, or have become so (in
  // this order, if it is more than one of these).
  std::span<const BundleId> changed_bundles() const { return changed_; }
  std::span<const ResourceId> solved_resources() const { return joined_; }
  std::span<const ResourceId> relevelled_resources() const { return relevelled_; }
  std::span<const ResourceId> parted_resources() const { return parted_; }
  std::span<const ResourceId> united_resources() const { return united_; }

  double rate(BundleId bundle) const { return rate(bundles_[bundle.index()]); }
  uint32_t size(BundleId bundle) const { return bundles_[bundle.index()].size; }
  // None: the cap.
  ResourceId bottleneck(BundleId bundle) const { return bundles_[bundle.index()].bottleneck; }
  std::span<const ResourceId> used_by(BundleId bundle) const {
    const Bundle& found = bundles_[bundle.index()];
    return {found.resources.data(), found.resource_count};
  }
  double capacity(ResourceId resource) const { return resources_[resource.index()].capacity; }
  // What is taken of the resource, per second.
  double usage(ResourceId resource) const { return usage(resources_[resource.index()]); }
  double level(ResourceId resource) const { return resources_[resource.index()].level; }
  bool uniform(ResourceId resource) const { return resources_[resource.index()].uniform; }
  std::span<const BundleId> bundles(ResourceId resource) const {
    return resources_[resource.index()].bundles;
  }
  // Those of them that the resource holds back.
  std::span<const BundleId> held_bundles(ResourceId resource) const {
    return bundles(resource).first(resources_[resource.index()].held);
  }

 private:
  static constexpr double kNone = std::numeric_limits<double>::infinity();

  // One cache line; a sweep reads little else.
  struct alignas(64) Bundle {
    std::array<ResourceId, kMostResources> resources;
    double cap = 0;
    double rate = 0;
    double new_rate = 0;
    uint64_t sweep = 0;  // in which new_rate and new_bottleneck were found
    uint32_t size = 0;
    ResourceId bottleneck;  // none: the cap
    ResourceId new_bottleneck;
    uint8_t resource_count = 0;
    bool fresh = false;  // not solved yet
    bool led = false;    // its bottleneck is uniform: its rate is the level of that
  };

  // Of a uniform resource.
  struct Balance {
    int64_t held_users = 0;        // activities that it holds back
    double fixed = 0;              // what the others take, whose caps hold them back
    double least_ceiling = kNone;  // above it somebody may be held back elsewhere
    double greatest_cap = 0;       // of the others; below it they are held back here
  };

  // A bundle on a resource that has joined the sweep.
  struct Pending {
    double ceiling;  // a lower bound: what holds it back elsewhere may join later
    BundleId bundle;
  };

  // What a sweep reads and writes most is in the first cache line.
  struct alignas(64) Resource {
    double level = kNone;
    // Of a sweep that the resource has joined:
    double rest = 0;            // capacity that the others leave to the live ones
    int64_t live = 0;           // activities whose new rate is not known yet
    double lowest_ceiling = 0;  // of the live ones; a lower bound
    double new_level = kNone;
    uint32_t queue_position = 0;
    bool released = false;  // its old level is passed: its activities may have more than before
    bool dirty = false;
    // A uniform resource counts on its headroom: what is taken of this one is not kept up to date.
    bool relied_on = false;
    bool forced = false;  // into the next sweep
    // Of a bystander of a sweep:
    uint64_t noted_in = 0;  // which one
    double usage_change = 0;

    double capacity = 0;
    double usage = 0;
    uint32_t held = 0;
    uint32_t rounded_changes = 0;   // of `usage`, since it was last added up
    std::vector<BundleId> bundles;  // first those that it holds back
    std::vector<Pending> pending;   // of a sweep: among them the live ones
    int64_t users = 0;              // activities
    double watched = 0;

    // Of a uniform resource:
    Balance balance;
    uint32_t relevelled = 0;  // so often since it became uniform
    uint8_t patience = 0;     // grows with each time that it was not, or not for long
    uint8_t wait = 0;         // so many sweeps before it is looked at again
    bool uniform = false;
  };

  BundleId find(std::span<const ResourceId> used, double cap) const;
  BundleId take_bundle();
  void attach(BundleId id);
  void detach(BundleId id);
  size_t place_in(BundleId id, ResourceId resource) const;
  void swap_bundles(ResourceId resource, size_t a, size_t b);
  void set_bottleneck(BundleId id, ResourceId bottleneck);
  void add_usage(Resource& resource, double rate);
  void mark_changed(ResourceId id);

  double rate(const Bundle& bundle) const {
    return bundle.led ? resources_[bundle.bottleneck.index()].level : bundle.rate;
  }
  double sum_of_rates(const Resource& resource) const;
  double sum_of_new_rates(const Resource& resource) const;
  double usage(const Resource& resource) const;
  void count_activities(BundleId id, int change);

  static void count_changed_rates(uint64_t count);

  // Uniform resources (fair_share_uniform.cpp).
  std::optional<double> headroom(const Resource& resource) const;
  void rely_on(ResourceId id, double share);
  void stop_relying_on(ResourceId id);
  void adopt_fresh();
  bool adopt(BundleId id);
  void relevel_dirty();
  bool keeps_headroom(ResourceId id);
  bool relevel(ResourceId id);
  static double level_of(double capacity, const Balance& balance);
  void set_level(ResourceId id, double level);
  bool rebalance(ResourceId id, double level);
  bool try_level(const Resource& resource, double level, Balance& tried) const;
  bool can_shift(ResourceId id, BundleId member, double level, double& ceiling);
  void add_up_fixed(Resource& resource);
  void look_at_relied_on(ResourceId id);
  void unite(ResourceId id);
  bool find_bounds(ResourceId id);
  void part(ResourceId id);
  static void lose_patience(Resource& resource);

  bool joined(ResourceId resource) const { return joined_in_[resource.index()] == sweep_; }
  bool settled(const Bundle& bundle) const { return bundle.sweep == sweep_; }
  static double next_level(const Resource& resource);
  bool held_outside(const Bundle& bundle) const;
  double ceiling(const Bundle& bundle) const;
  void begin_sweep();
  void join(ResourceId id);
  void advance(ResourceId id, double level);
  void fill(ResourceId id, double level);
  bool settle_at_ceilings(Resource& resource, double level);
  void settle(BundleId id, double rate, ResourceId bottleneck);
  void note_bystander(ResourceId id, double change);
  void release(ResourceId id);
  bool add_overfull();
  void commit();

  std::vector<Resource> resources_;
  std::vector<Bundle> bundles_;
  std::vector<std::array<uint32_t, kMostResources>>
      positions_;  // of a bundle in its resources' lists
  std::vector<BundleId> free_;
  std::vector<ResourceId> dirty_;

  uint64_t sweep_ = 0;
  std::vector<uint64_t> joined_in_;  // by resource: the last sweep that it joined
  double reached_ = 0;               // the level up to which rates have risen in the sweep
  IndexedHeap<double> queue_;        // the next levels of resources with live activities
  std::vector<ResourceId> joined_;
  // Those that have not joined the sweep although the rate of a bundle that uses them changes: they
  // were not full, and are taken not to be after it.
  std::vector<ResourceId> bystanders_;
  std::vector<BundleId> changed_;

  std::vector<BundleId> fresh_;    // some may be gone
  std::vector<BundleId> adopted_;  // of those, and others that have changed, without a sweep
  std::vector<BundleId> shifting_;
  std::vector<ResourceId> relevelled_;
  std::vector<ResourceId> parted_;
  std::vector<ResourceId> united_;
};

}  // namespace wukong::fluid
