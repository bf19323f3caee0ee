// Uniform resources of FairShare: full ones whose level a division tells.
//
// A resource that is not full has *headroom*, a share of which each of its activities may take. A
// uniform resource relies on that for all that its bundles use beside it: the share, on top of the
// rate that a bundle had when it was given, is a bound, and while the level is below the least of
// these bounds, and of the caps, nothing holds back a bundle but the uniform resource.
#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/engine/steps.h"
#include "sim/fluid/fair_share.h"
#include "sim/fluid/rate_count.h"

namespace wukong::fluid {
namespace {

thread_local uint64_t changed_so_far = 0;

// Only resources with so few bundles are relied on: all of them are looked at for each new one.
constexpr size_t kFewBundles = 8;

// On a resource with fewer bundles a sweep is as cheap.
constexpr size_t kWorthwhile = 8;

// A resource that was not uniform, or not for so many changes of its level, is left alone for 1, 3,
// 7, ... 63 sweeps.
constexpr uint32_t kLongEnough = 4;
constexpr uint8_t kMostPatience = 6;

// Caps that hold back other bundles than before change the level again, most often by little.
constexpr int kMostShifts = 4;

// What caps take is added up from scratch after so many changes, so that rounding errors do not add
// up.
constexpr uint32_t kTrustedSums = 4096;

// Relative, as in a sweep: rates nearer than this are equal.
constexpr double kEqual = 1e-12;

// Relative, far above rounding errors: a resource that is so near to being full has no headroom.
constexpr double kMargin = 1e-9;

}  // namespace

uint64_t rates_changed() { return changed_so_far; }

void FairShare::count_changed_rates(uint64_t count) { changed_so_far += count; }

// For each of its activities; nothing if it is full, or has too many bundles to be relied on. A new
// bundle that is not adopted takes nothing yet.
std::optional<double> FairShare::headroom(const Resource& resource) const {
  if (resource.level != kNone || resource.bundles.size() > kFewBundles) return std::nullopt;
  double left = std::min(resource.capacity, resource.watched) * (1 - kMargin);
  for (const BundleId id : resource.bundles) {
    const Bundle& bundle = bundles_[id.index()];
    if (!bundle.fresh) left -= rate(bundle) * bundle.size;
  }
  if (left < 0) return std::nullopt;
  return left / static_cast<double>(resource.users);
}

// Shares out what there is anew, so bounds that others were given before may be too high. REQUIRES:
// the share is its headroom.
void FairShare::rely_on(ResourceId id, double share) {
  Resource& resource = resources_[id.index()];
  resource.relied_on = true;
  for (const BundleId member : resource.bundles) {
    const Bundle& bundle = bundles_[member.index()];
    if (!bundle.bottleneck.valid()) continue;
    double& ceiling = resources_[bundle.bottleneck.index()].balance.least_ceiling;
    ceiling = std::min(ceiling, rate(bundle) + share);
  }
}

void FairShare::stop_relying_on(ResourceId id) {
  Resource& resource = resources_[id.index()];
  for (const BundleId member : resource.bundles)
    if (const ResourceId bottleneck = bundles_[member.index()].bottleneck; bottleneck.valid())
      part(bottleneck);
  resource.usage = sum_of_rates(resource);
  resource.rounded_changes = 0;
  resource.relied_on = false;
}

// ---- changes

void FairShare::adopt_fresh() {
  adopted_.clear();
  for (const BundleId id : fresh_) {
    if (!bundles_[id.index()].fresh || adopt(id)) continue;
    for (const ResourceId used : used_by(id)) resources_[used.index()].forced = true;
  }
  // What is relied on only since a bundle was adopted does not know of those that were not.
  for (const BundleId id : fresh_) {
    if (!bundles_[id.index()].fresh) continue;
    for (const ResourceId used : used_by(id))
      if (resources_[used.index()].relied_on) mark_changed(used);
  }
}

// A new bundle on a uniform resource, and else on some with headroom, or on such alone. False if
// only a sweep can tell its rate.
bool FairShare::adopt(BundleId id) {
  Bundle& bundle = bundles_[id.index()];
  ResourceId full;
  double ceiling = bundle.cap;
  for (const ResourceId used : used_by(id)) {
    const Resource& resource = resources_[used.index()];
    if (resource.level == kNone) {
      const auto share = headroom(resource);
      if (!share) return false;
      ceiling = std::min(ceiling, *share);
    } else {
      if (!resource.uniform || full.valid()) return false;
      full = used;
    }
  }
  if (!full.valid()) {
    bundle.fresh = bundle.cap > ceiling;
    return !bundle.fresh;
  }
  Resource& resource = resources_[full.index()];
  if (std::min(bundle.cap, resource.level) > ceiling) return false;
  if (bundle.cap <= resource.level) {
    resource.balance.fixed += bundle.cap * bundle.size;
    resource.balance.greatest_cap = std::max(resource.balance.greatest_cap, bundle.cap);
  } else {
    set_bottleneck(id, full);
    bundle.led = true;
    resource.balance.held_users += bundle.size;
    resource.balance.least_ceiling = std::min(resource.balance.least_ceiling, bundle.cap);
  }
  bundle.fresh = false;
  for (const ResourceId used : used_by(id))
    if (used != full) rely_on(used, headroom(resources_[used.index()]).value_or(0));
  adopted_.push_back(id);
  return true;
}

// Leaves in dirty_ what takes a sweep.
void FairShare::relevel_dirty() {
  const auto settle_some = [this](auto is_settled) {
    std::erase_if(dirty_, [&](ResourceId id) {
      const bool settled = is_settled(id);
      if (settled) resources_[id.index()].dirty = false;
      return settled;
    });
  };
  settle_some(
      [this](ResourceId id) { return resources_[id.index()].relied_on && keeps_headroom(id); });
  for (const BundleId id : fresh_) bundles_[id.index()].fresh = false;
  settle_some([this](ResourceId id) { return resources_[id.index()].uniform && relevel(id); });
  for (const BundleId id : fresh_)
    for (const ResourceId used : used_by(id)) resources_[used.index()].forced = false;
  fresh_.clear();
}

// If it does not, nobody relies on it any more.
bool FairShare::keeps_headroom(ResourceId id) {
  const Resource& resource = resources_[id.index()];
  const auto share = headroom(resource);
  if (!share) {
    stop_relying_on(id);
    return resource.level == kNone && resource.usage <= resource.capacity;
  }
  rely_on(id, *share);
  return !resource.forced;
}

bool FairShare::relevel(ResourceId id) {
  Resource& resource = resources_[id.index()];
  if (resource.forced || resource.balance.held_users == 0) return false;
  if (++resource.relevelled % kTrustedSums == 0) add_up_fixed(resource);
  const double level = level_of(resource.capacity, resource.balance);
  if (!(level > 0)) return false;
  const Balance& balance = resource.balance;
  if (level < balance.greatest_cap || level > balance.least_ceiling) return rebalance(id, level);
  if (std::abs(level - resource.level) <= kEqual * resource.level) return true;
  set_level(id, level);
  return true;
}

void FairShare::set_level(ResourceId id, double level) {
  Resource& resource = resources_[id.index()];
  resource.level = level;
  relevelled_.push_back(id);
  count_changed_rates(resource.held);
}

double FairShare::level_of(double capacity, const Balance& balance) {
  return (capacity - balance.fixed) / static_cast<double>(balance.held_users);
}

// Caps hold back other bundles than before, since the level passes them. False, and nothing is
// changed, if something else may do so.
bool FairShare::rebalance(ResourceId id, double level) {
  Resource& resource = resources_[id.index()];
  Balance balanced;
  double tried = level;
  for (int i = 0;; ++i) {
    tried = level;
    if (i == kMostShifts || !try_level(resource, tried, balanced)) return false;
    level = level_of(resource.capacity, balanced);
    if (level >= balanced.greatest_cap && level <= balanced.least_ceiling) break;
  }
  for (const BundleId member : resource.bundles)
    if (!can_shift(id, member, tried, balanced.least_ceiling)) return false;
  if (level > balanced.least_ceiling) return false;
  shifting_.clear();
  for (const BundleId member : resource.bundles) {
    const Bundle& bundle = bundles_[member.index()];
    if (bundle.bottleneck.valid() != (bundle.cap > tried)) shifting_.push_back(member);
  }
  for (const BundleId member : shifting_) {
    Bundle& bundle = bundles_[member.index()];
    bundle.rate = bundle.cap;
    bundle.led = !bundle.led;
    set_bottleneck(member, bundle.led ? id : ResourceId::none());
  }
  adopted_.insert(adopted_.end(), shifting_.begin(), shifting_.end());
  resource.balance = balanced;
  set_level(id, level);
  return true;
}

// What caps would hold back at this level. False if one of the bundles is held back elsewhere.
bool FairShare::try_level(const Resource& resource, double level, Balance& tried) const {
  tried = Balance();
  engine::count_steps(resource.bundles.size());
  for (size_t i = 0; i < resource.bundles.size(); ++i) {
    const Bundle& bundle = bundles_[resource.bundles[i].index()];
    if (i >= resource.held && bundle.bottleneck.valid()) return false;
    if (bundle.cap <= level) {
      tried.fixed += bundle.cap * bundle.size;
      tried.greatest_cap = std::max(tried.greatest_cap, bundle.cap);
    } else {
      tried.held_users += bundle.size;
      tried.least_ceiling = std::min(tried.least_ceiling, bundle.cap);
    }
  }
  return tried.held_users > 0;
}

// Whether the bundle may have as much as such a level or its cap lets it; lowers `ceiling` to what
// its other resources allow.
bool FairShare::can_shift(ResourceId id, BundleId member, double level, double& ceiling) {
  const Bundle& bundle = bundles_[member.index()];
  const bool held = bundle.bottleneck.valid(), will_be_held = bundle.cap > level;
  if (!held && !will_be_held) return true;
  for (const ResourceId used : used_by(member)) {
    if (used == id) continue;
    const Resource& other = resources_[used.index()];
    const auto share = headroom(other);
    if (!share) return false;
    rely_on(used, *share);
    const double most = rate(bundle) + *share;
    if (!will_be_held && bundle.cap > most) return false;
    if (will_be_held) ceiling = std::min(ceiling, most);
  }
  return true;
}

// ---- becoming uniform, and ending it

// After a sweep in which the resource took part or was passed.
void FairShare::look_at_relied_on(ResourceId id) {
  const Resource& resource = resources_[id.index()];
  if (!resource.relied_on) return;
  if (const auto share = headroom(resource))
    rely_on(id, *share);
  else
    stop_relying_on(id);
}

void FairShare::add_up_fixed(Resource& resource) {
  resource.balance.fixed = 0;
  for (size_t i = resource.held; i < resource.bundles.size(); ++i) {
    const Bundle& bundle = bundles_[resource.bundles[i].index()];
    resource.balance.fixed += bundle.rate * bundle.size;
  }
}

void FairShare::lose_patience(Resource& resource) {
  resource.patience = std::min<uint8_t>(resource.patience + 1, kMostPatience);
  resource.wait = static_cast<uint8_t>((1 << resource.patience) - 1);
}

void FairShare::unite(ResourceId id) {
  Resource& resource = resources_[id.index()];
  if (resource.level == kNone || resource.held == 0 || resource.bundles.size() < kWorthwhile)
    return;
  if (resource.wait > 0) {
    --resource.wait;
    return;
  }
  if (!find_bounds(id)) return lose_patience(resource);
  resource.uniform = true;
  resource.relevelled = 0;
  add_up_fixed(resource);
  for (const BundleId member : held_bundles(id)) bundles_[member.index()].led = true;
  united_.push_back(id);
}

// Within which level it is uniform; false if it is not.
bool FairShare::find_bounds(ResourceId id) {
  Resource& resource = resources_[id.index()];
  resource.balance = Balance();
  for (const BundleId member : resource.bundles) {
    engine::count_steps(1);
    const Bundle& bundle = bundles_[member.index()];
    if (bundle.bottleneck != id) {
      if (bundle.bottleneck.valid()) return false;
      resource.balance.greatest_cap = std::max(resource.balance.greatest_cap, bundle.rate);
      continue;
    }
    resource.balance.held_users += bundle.size;
    resource.balance.least_ceiling = std::min(resource.balance.least_ceiling, bundle.cap);
    for (const ResourceId used : used_by(member)) {
      if (used == id) continue;
      const auto share = headroom(resources_[used.index()]);
      if (!share) return false;
      rely_on(used, *share);
    }
  }
  return true;
}

void FairShare::part(ResourceId id) {
  Resource& resource = resources_[id.index()];
  if (!resource.uniform) return;
  engine::count_steps(resource.held);
  resource.usage = usage(resource);
  resource.rounded_changes = 0;
  resource.uniform = false;
  for (const BundleId member : held_bundles(id)) {
    Bundle& bundle = bundles_[member.index()];
    bundle.rate = resource.level;
    bundle.led = false;
  }
  parted_.push_back(id);
  if (resource.relevelled < kLongEnough)
    lose_patience(resource);
  else
    resource.patience = 0;
}

}  // namespace wukong::fluid
