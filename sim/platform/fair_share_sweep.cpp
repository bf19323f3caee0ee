// The sweep of FairShare: water-filling from the changed links.
#include <algorithm>
#include <cmath>
#include <functional>

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
    while (!queue_.empty()) {
      std::ranges::pop_heap(queue_, std::greater<>());
      const Step step = queue_.back();
      queue_.pop_back();
      advance(step);
    }
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

// Up to which rate a live bundle is held back by what takes no part in the sweep.
double FairShare::ceiling(const Bundle& bundle) const {
  const bool held = bundle.home.valid() && !joined(links_[bundle.home.index()]);
  return held ? bundle.rate : bundle.cap;
}

void FairShare::join(LinkId id) {
  Link& link = links_[id.index()];
  link.sweep = sweep_;
  link.released = link.level == kNone;
  link.new_level = kNone;
  link.live = 0;
  link.rest = link.capacity;
  link.lowest_ceiling = kNone;
  joined_.push_back(id);
  for (const BundleId member : link.bundles) {
    const Bundle& bundle = bundles_[member.index()];
    if (settled(bundle)) {
      link.rest -= bundle.new_rate * bundle.flows;
    } else {
      link.live += bundle.flows;
      link.lowest_ceiling = std::min(link.lowest_ceiling, ceiling(bundle));
    }
  }
  if (link.live > 0) enqueue(id, next_level(link));
}

void FairShare::enqueue(LinkId id, double level) {
  queue_.push_back(Step{std::max(level, water_), id});
  std::ranges::push_heap(queue_, std::greater<>());
}

void FairShare::advance(Step step) {
  Link& link = links_[step.link.index()];
  if (link.live == 0) return;
  ENSURE(step.level >= water_, step.level, water_);
  water_ = step.level;
  const double next = next_level(link);
  if (next > water_) return enqueue(step.link, next);  // others have left it more since
  const double full = std::max(water_, link.rest / static_cast<double>(link.live));
  if (link.released || full <= link.level * (1 + kSame))
    fill(step.link, full);
  else
    release(step.link);
}

void FairShare::fill(LinkId id, double level) {
  Link& link = links_[id.index()];
  if (link.lowest_ceiling <= level && settle_at_ceilings(link, level)) {
    if (link.live > 0) enqueue(id, next_level(link));
    return;
  }
  if (link.level != kNone && same(level, link.level)) level = link.level;
  link.new_level = level;
  for (const BundleId member : link.bundles)
    if (!settled(bundles_[member.index()])) settle(member, level, id);
  ENSURE(link.live == 0, id.value(), link.live);
}

bool FairShare::settle_at_ceilings(Link& link, double level) {
  bool any = false;
  link.lowest_ceiling = kNone;
  for (const BundleId member : link.bundles) {
    const Bundle& bundle = bundles_[member.index()];
    if (settled(bundle)) continue;
    const double rate = ceiling(bundle);
    if (rate <= level) {
      const bool held = bundle.home.valid() && !joined(links_[bundle.home.index()]);
      settle(member, rate, held ? bundle.home : LinkId::none());
      any = true;
    } else {
      link.lowest_ceiling = std::min(link.lowest_ceiling, rate);
    }
  }
  return any;
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
    if (joined(link)) {
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
  for (const BundleId member : released.bundles) {
    const Bundle& bundle = bundles_[member.index()];
    if (settled(bundle) || bundle.home != id) continue;
    for (size_t i = 0; i < bundle.link_count; ++i) {
      const Link& link = links_[bundle.links[i].index()];
      if (joined(link)) continue;
      if (link.level != kNone || link.usage > kNearlyFull * link.capacity) join(bundle.links[i]);
    }
  }
  enqueue(id, next_level(released));
}

// Whether a link was passed over that is too full now. It belongs in from the start.
bool FairShare::add_overfull_seeds() {
  const size_t before = dirty_.size();
  for (const LinkId id : brushed_) {
    Link& link = links_[id.index()];
    if (joined(link) || link.usage + link.brushed <= link.capacity * (1 + kOverfull)) continue;
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
    bundle.home = bundle.new_home;
  }
  for (const LinkId id : joined_) {
    Link& link = links_[id.index()];
    link.level = link.new_level;
    link.usage = link.capacity - link.rest;
    link.rounded_changes = 0;
  }
  for (const LinkId id : brushed_)
    if (Link& link = links_[id.index()]; !joined(link)) add_usage(link, link.brushed);
  for (const LinkId id : dirty_) links_[id.index()].dirty = false;
  dirty_.clear();
}

}  // namespace wukong::sim
