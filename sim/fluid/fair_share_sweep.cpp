// The sweep of FairShare: water-filling from the changed resources.
#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/engine/steps.h"
#include "sim/fluid/fair_share.h"

namespace wukong::fluid {
namespace {

// Relative; rates nearer than this are equal. Well above what sums of thousands of doubles are off
// by (1e-16 each), and well below a nanosecond in a transfer of minutes.
constexpr double kSame = 1e-12;

// Relative to the capacity: more usage than that is no rounding error. Above kSame, as every rate
// on the resource may be off by that much.
constexpr double kOverfull = 1e-11;

// A resource that is used so much, and whose bundles rise, is taken into the sweep at once, because
// it is likely to become full. Rates do not depend on the guess: one that is left out and turns out
// over-full costs another sweep, one that is taken in for nothing some work in this one.
constexpr double kNearlyFull = 0.75;

bool same(double rate, double old_rate) { return std::abs(rate - old_rate) <= kSame * old_rate; }

}  // namespace

// A resource that was not full and still is not keeps its activities' rates.
void FairShare::mark_changed(ResourceId id) {
  Resource& resource = resources_[id.index()];
  if (resource.dirty) return;
  const bool has_enough = resource.usage <= resource.capacity * (1 + kSame);
  if (resource.level == kNone && !resource.relied_on && has_enough) return;
  resource.dirty = true;
  dirty_.push_back(id);
}

void FairShare::solve() {
  joined_.clear();
  changed_.clear();
  bystanders_.clear();
  relevelled_.clear();
  parted_.clear();
  united_.clear();
  adopt_fresh();
  relevel_dirty();
  if (!dirty_.empty()) {
    do {
      begin_sweep();
      while (!queue_.empty()) advance(ResourceId(queue_.top().id), queue_.top().key);
    } while (add_overfull());
    commit();
  }
  changed_.insert(changed_.end(), adopted_.begin(), adopted_.end());
}

void FairShare::begin_sweep() {
  ++sweep_;
  reached_ = 0;
  joined_.clear();
  changed_.clear();
  bystanders_.clear();
  for (const ResourceId id : dirty_) join(id);
}

// The level of the resource's next step: it passes its old level, or it is full. The latter is a
// lower bound, as some live activities may turn out to be held back elsewhere.
double FairShare::next_level(const Resource& resource) {
  const double full = resource.rest / static_cast<double>(resource.live);
  return resource.released ? full : std::min(full, resource.level);
}

bool FairShare::held_outside(const Bundle& bundle) const {
  return bundle.bottleneck.valid() && !joined(bundle.bottleneck);
}

// Up to which rate a live bundle is held back by what takes no part in the sweep.
double FairShare::ceiling(const Bundle& bundle) const {
  return held_outside(bundle) ? rate(bundle) : bundle.cap;
}

void FairShare::join(ResourceId id) {
  Resource& resource = resources_[id.index()];
  if (resource.uniform) part(id);
  engine::count_steps(resource.bundles.size());
  joined_in_[id.index()] = sweep_;
  resource.released = resource.level == kNone;
  resource.new_level = kNone;
  resource.live = 0;
  resource.rest = resource.capacity;
  resource.lowest_ceiling = kNone;
  resource.pending.clear();
  joined_.push_back(id);
  for (const BundleId member : resource.bundles) {
    const Bundle& bundle = bundles_[member.index()];
    if (settled(bundle)) {
      resource.rest -= bundle.new_rate * bundle.size;
    } else {
      const double most = ceiling(bundle);
      resource.live += bundle.size;
      resource.pending.push_back({most, member});
      resource.lowest_ceiling = std::min(resource.lowest_ceiling, most);
    }
  }
  if (resource.live == 0) return;
  queue_.push({std::max(next_level(resource), reached_), id.value()},
              [this](uint32_t moved, uint32_t to) { resources_[moved].queue_position = to; });
}

void FairShare::advance(ResourceId id, double level) {
  Resource& resource = resources_[id.index()];
  ENSURE(level >= reached_, level, reached_);
  reached_ = level;
  // Unless others have left it more since it was queued:
  if (resource.live > 0 && next_level(resource) <= reached_) {
    const double full = std::max(reached_, resource.rest / static_cast<double>(resource.live));
    if (resource.released || full <= resource.level * (1 + kSame))
      fill(id, full);
    else
      release(id);
  }
  const auto place = [this](uint32_t moved, uint32_t to) { resources_[moved].queue_position = to; };
  if (resource.live == 0)
    queue_.erase(resource.queue_position, place);
  else
    queue_.update(resource.queue_position, std::max(next_level(resource), reached_), place);
}

// Unless some activities have to stop below this level, and there is more for the others.
void FairShare::fill(ResourceId id, double level) {
  Resource& resource = resources_[id.index()];
  if (resource.lowest_ceiling <= level && settle_at_ceilings(resource, level)) return;
  if (resource.level != kNone && same(level, resource.level)) level = resource.level;
  resource.new_level = level;
  for (const Pending& member : resource.pending)
    if (!settled(bundles_[member.bundle.index()])) settle(member.bundle, level, id);
  ENSURE(resource.live == 0, id.value(), resource.live);
}

bool FairShare::settle_at_ceilings(Resource& resource, double level) {
  double lowest = kNone;
  size_t kept = 0;
  const int64_t live_before = resource.live;
  for (Pending member : resource.pending) {
    if (member.ceiling <= level) {
      const Bundle& bundle = bundles_[member.bundle.index()];
      if (settled(bundle)) continue;
      member.ceiling = ceiling(bundle);
      if (member.ceiling <= level) {
        settle(member.bundle, member.ceiling,
               held_outside(bundle) ? bundle.bottleneck : ResourceId::none());
        continue;
      }
    }
    resource.pending[kept++] = member;
    lowest = std::min(lowest, member.ceiling);
  }
  resource.pending.resize(kept);
  resource.lowest_ceiling = lowest;
  return resource.live != live_before;
}

void FairShare::settle(BundleId id, double rate, ResourceId bottleneck) {
  Bundle& bundle = bundles_[id.index()];
  bundle.sweep = sweep_;
  const double old_rate = this->rate(bundle);
  bundle.new_rate = same(rate, old_rate) ? old_rate : rate;
  bundle.new_bottleneck = bottleneck;
  const bool changed = bundle.new_rate != old_rate;
  if (changed || bottleneck != bundle.bottleneck) changed_.push_back(id);
  for (size_t i = 0; i < bundle.resource_count; ++i) {
    Resource& resource = resources_[bundle.resources[i].index()];
    if (joined(bundle.resources[i])) {
      resource.rest -= bundle.new_rate * bundle.size;
      resource.live -= bundle.size;
    } else if (changed && resource.level != kNone) {
      join(bundle.resources[i]);
    } else if (changed && !(resource.relied_on && bundle.new_rate < old_rate)) {
      note_bystander(bundle.resources[i], (bundle.new_rate - old_rate) * bundle.size);
    }
  }
}

void FairShare::note_bystander(ResourceId id, double change) {
  Resource& resource = resources_[id.index()];
  if (resource.noted_in != sweep_) {
    resource.noted_in = sweep_;
    resource.usage_change = 0;
    bystanders_.push_back(id);
  }
  resource.usage_change += change;
}

// The resource has more for its activities than before: from here on they rise, on their other
// resources too.
void FairShare::release(ResourceId id) {
  Resource& released = resources_[id.index()];
  released.released = true;
  for (const BundleId member : held_bundles(id)) {
    const Bundle& bundle = bundles_[member.index()];
    if (settled(bundle)) continue;
    for (size_t i = 0; i < bundle.resource_count; ++i) {
      if (joined(bundle.resources[i])) continue;
      const Resource& resource = resources_[bundle.resources[i].index()];
      const bool nearly_full =
          !resource.relied_on && resource.usage > kNearlyFull * resource.capacity;
      if (resource.level != kNone || nearly_full) join(bundle.resources[i]);
    }
  }
}

// Of a resource that is relied on only rates that rise are noted.
double FairShare::sum_of_new_rates(const Resource& resource) const {
  double sum = 0;
  for (const BundleId id : resource.bundles) {
    const Bundle& bundle = bundles_[id.index()];
    sum += (settled(bundle) ? bundle.new_rate : rate(bundle)) * bundle.size;
  }
  return sum;
}

// Whether a resource was passed over that is too full now. It belongs in from the start.
bool FairShare::add_overfull() {
  const size_t before = dirty_.size();
  for (const ResourceId id : bystanders_) {
    Resource& resource = resources_[id.index()];
    if (joined(id)) continue;
    const double usage =
        resource.relied_on ? sum_of_new_rates(resource) : resource.usage + resource.usage_change;
    if (usage <= resource.capacity * (1 + kOverfull)) continue;
    resource.dirty = true;
    dirty_.push_back(id);
  }
  for (const ResourceId id : joined_) {
    Resource& resource = resources_[id.index()];
    ENSURE(resource.live == 0, id.value(), resource.live);
    if (resource.rest >= -kOverfull * resource.capacity) continue;
    ENSURE(!resource.dirty && "the sweep is exact for the resources it starts from", resource.rest);
    resource.dirty = true;
    dirty_.push_back(id);
  }
  return dirty_.size() > before;
}

void FairShare::commit() {
  uint64_t changed_rates = 0;
  for (const BundleId id : changed_) {
    Bundle& bundle = bundles_[id.index()];
    if (bundle.led) part(bundle.bottleneck);
    changed_rates += bundle.rate != bundle.new_rate ? 1 : 0;
    bundle.rate = bundle.new_rate;
    set_bottleneck(id, bundle.new_bottleneck);
  }
  count_changed_rates(changed_rates);
  for (const ResourceId id : joined_) {
    Resource& resource = resources_[id.index()];
    resource.level = resource.new_level;
    resource.usage = resource.capacity - resource.rest;
    resource.rounded_changes = 0;
  }
  for (const ResourceId id : bystanders_)
    if (Resource& resource = resources_[id.index()]; !joined(id))
      add_usage(resource, resource.usage_change);
  for (const ResourceId id : dirty_) resources_[id.index()].dirty = false;
  dirty_.clear();
  for (const ResourceId id : joined_) look_at_relied_on(id);
  for (const ResourceId id : bystanders_) look_at_relied_on(id);
  for (const ResourceId id : joined_) unite(id);
}

}  // namespace wukong::fluid
