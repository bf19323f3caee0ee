// The sweep of FairShare: water-filling from the changed links.
#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/platform/fair_share.h"

namespace wukong::sim {
namespace {

constexpr double kSame = 1e-12;      // relative; rates nearer than this are equal
constexpr double kOverfull = 1e-11;  // relative to the capacity
constexpr double kNearlyFull = 0.75;

bool same(double rate, double old_rate) { return std::abs(rate - old_rate) <= kSame * old_rate; }

}  // namespace

// A link that was not full and still is not keeps its flows' rates.
void FairShare::mark_changed(LinkId id) {
  Link& link = links_[id.index()];
  if (link.dirty || (link.level == kNone && link.usage <= link.capacity * (1 + kSame))) return;
  link.dirty = true;
  dirty_.push_back(id);
}

void FairShare::solve() {
  joined_.clear();
  changed_.clear();
  brushed_.clear();
  if (dirty_.empty()) return;
  do {
    begin_sweep();
    while (!queue_.empty()) advance(LinkId(queue_.top().id), queue_.top().key);
  } while (add_overfull_seeds());
  commit();
}

void FairShare::begin_sweep() {
  ++sweep_;
  water_ = 0;
  joined_.clear();
  changed_.clear();
  brushed_.clear();
  for (const LinkId id : dirty_) join(id);
}

// The level of the link's next step: it passes its old level, or it is full. The latter is a lower
// bound, as some live flows may turn out to be held back elsewhere.
double FairShare::next_level(const Link& link) {
  const double full = link.rest / static_cast<double>(link.live);
  return link.released ? full : std::min(full, link.level);
}

bool FairShare::held_outside(const Bundle& bundle) const {
  return bundle.home.valid() && !joined(bundle.home);
}

// Up to which rate a live bundle is held back by what takes no part in the sweep.
double FairShare::ceiling(const Bundle& bundle) const {
  return held_outside(bundle) ? bundle.rate : bundle.cap;
}

void FairShare::join(LinkId id) {
  Link& link = links_[id.index()];
  joined_in_[id.index()] = sweep_;
  link.released = link.level == kNone;
  link.new_level = kNone;
  link.live = 0;
  link.rest = link.capacity;
  link.lowest_ceiling = kNone;
  link.pending.clear();
  joined_.push_back(id);
  for (const BundleId member : link.bundles) {
    const Bundle& bundle = bundles_[member.index()];
    if (settled(bundle)) {
      link.rest -= bundle.new_rate * bundle.flows;
    } else {
      link.live += bundle.flows;
      link.pending.push_back(member);
      link.lowest_ceiling = std::min(link.lowest_ceiling, ceiling(bundle));
    }
  }
  if (link.live == 0) return;
  queue_.push({std::max(next_level(link), water_), id.value()},
              [this](uint32_t moved, uint32_t to) { links_[moved].queue_position = to; });
}

void FairShare::advance(LinkId id, double level) {
  Link& link = links_[id.index()];
  ENSURE(level >= water_, level, water_);
  water_ = level;
  // Unless others have left it more since it was queued:
  if (link.live > 0 && next_level(link) <= water_) {
    const double full = std::max(water_, link.rest / static_cast<double>(link.live));
    if (link.released || full <= link.level * (1 + kSame))
      fill(id, full);
    else
      release(id);
  }
  const auto place = [this](uint32_t moved, uint32_t to) { links_[moved].queue_position = to; };
  if (link.live == 0)
    queue_.erase(link.queue_position, place);
  else
    queue_.update(link.queue_position, std::max(next_level(link), water_), place);
}

// Unless some flows have to stop below this level, and there is more for the others.
void FairShare::fill(LinkId id, double level) {
  Link& link = links_[id.index()];
  if (link.lowest_ceiling <= level && settle_at_ceilings(link, level)) return;
  if (link.level != kNone && same(level, link.level)) level = link.level;
  link.new_level = level;
  for (const BundleId member : link.pending)
    if (!settled(bundles_[member.index()])) settle(member, level, id);
  ENSURE(link.live == 0, id.value(), link.live);
}

bool FairShare::settle_at_ceilings(Link& link, double level) {
  double lowest = kNone;
  size_t kept = 0;
  const int64_t live_before = link.live;
  for (const BundleId member : link.pending) {
    const Bundle& bundle = bundles_[member.index()];
    if (settled(bundle)) continue;
    const double rate = ceiling(bundle);
    if (rate <= level) {
      settle(member, rate, held_outside(bundle) ? bundle.home : LinkId::none());
    } else {
      link.pending[kept++] = member;
      lowest = std::min(lowest, rate);
    }
  }
  link.pending.resize(kept);
  link.lowest_ceiling = lowest;
  return link.live != live_before;
}

void FairShare::settle(BundleId id, double rate, LinkId home) {
  Bundle& bundle = bundles_[id.index()];
  bundle.sweep = sweep_;
  bundle.new_rate = same(rate, bundle.rate) ? bundle.rate : rate;
  bundle.new_home = home;
  const bool changed = bundle.new_rate != bundle.rate;
  if (changed || home != bundle.home) changed_.push_back(id);
  for (size_t i = 0; i < bundle.link_count; ++i) {
    Link& link = links_[bundle.links[i].index()];
    if (joined(bundle.links[i])) {
      link.rest -= bundle.new_rate * bundle.flows;
      link.live -= bundle.flows;
    } else if (changed && link.level != kNone) {
      join(bundle.links[i]);
    } else if (changed) {
      brush(bundle.links[i], (bundle.new_rate - bundle.rate) * bundle.flows);
    }
  }
}

void FairShare::brush(LinkId id, double change) {
  Link& link = links_[id.index()];
  if (link.brushed_sweep != sweep_) {
    link.brushed_sweep = sweep_;
    link.brushed = 0;
    brushed_.push_back(id);
  }
  link.brushed += change;
}

// The link has more for its flows than before: from here on they rise, on their other links too.
void FairShare::release(LinkId id) {
  Link& released = links_[id.index()];
  released.released = true;
  for (const BundleId member : held_bundles(id)) {
    const Bundle& bundle = bundles_[member.index()];
    if (settled(bundle)) continue;
    for (size_t i = 0; i < bundle.link_count; ++i) {
      if (joined(bundle.links[i])) continue;
      const Link& link = links_[bundle.links[i].index()];
      if (link.level != kNone || link.usage > kNearlyFull * link.capacity) join(bundle.links[i]);
    }
  }
}

// Whether a link was passed over that is too full now. It belongs in from the start.
bool FairShare::add_overfull_seeds() {
  const size_t before = dirty_.size();
  for (const LinkId id : brushed_) {
    Link& link = links_[id.index()];
    if (joined(id) || link.usage + link.brushed <= link.capacity * (1 + kOverfull)) continue;
    link.dirty = true;
    dirty_.push_back(id);
  }
  for (const LinkId id : joined_) {
    Link& link = links_[id.index()];
    ENSURE(link.live == 0, id.value(), link.live);
    if (link.rest >= -kOverfull * link.capacity) continue;
    ENSURE(!link.dirty && "the sweep is exact for the links it starts from", link.rest);
    link.dirty = true;
    dirty_.push_back(id);
  }
  return dirty_.size() > before;
}

void FairShare::commit() {
  for (const BundleId id : changed_) {
    Bundle& bundle = bundles_[id.index()];
    bundle.rate = bundle.new_rate;
    set_home(id, bundle.new_home);
  }
  for (const LinkId id : joined_) {
    Link& link = links_[id.index()];
    link.level = link.new_level;
    link.usage = link.capacity - link.rest;
    link.rounded_changes = 0;
  }
  for (const LinkId id : brushed_)
    if (Link& link = links_[id.index()]; !joined(id)) add_usage(link, link.brushed);
  for (const LinkId id : dirty_) links_[id.index()].dirty = false;
  dirty_.clear();
}

}  // namespace wukong::sim
