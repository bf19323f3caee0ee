#include "sim/fluid/fair_share.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::fluid {

void FairShare::add_resource(ResourceId id, double capacity, double watched) {
  ENSURE(capacity > 0, id.value(), capacity);
  if (id.index() >= resources_.size()) {
    resources_.resize(id.index() + 1);
    joined_in_.resize(id.index() + 1, 0);
  }
  Resource& resource = resources_[id.index()];
  ENSURE(resource.bundles.empty(), id.value());
  resource.capacity = capacity;
  resource.usage = 0;
  resource.level = kNone;
  resource.users = 0;
  resource.watched = watched;
  resource.patience = resource.wait = 0;
}

void FairShare::set_capacity(ResourceId id, double capacity) {
  ENSURE(capacity > 0, id.value(), capacity);
  Resource& resource = resources_[id.index()];
  if (resource.capacity == capacity) return;
  resource.capacity = capacity;
  mark_changed(id);
}

void FairShare::remove_resource(ResourceId id) {
  Resource& resource = resources_[id.index()];
  ENSURE(resource.bundles.empty() && "a removed resource is not in use", id.value(),
         resource.bundles.size());
  resource.uniform = resource.relied_on = resource.forced = false;
}

BundleId FairShare::add_activity(std::span<const ResourceId> used, double cap) {
  ENSURE(used.size() <= kMostResources && cap > 0, used.size(), cap);
  BundleId id = find(used, cap);
  if (!id.valid()) {
    id = take_bundle();
    Bundle& bundle = bundles_[id.index()];
    std::copy(used.begin(), used.end(), bundle.resources.begin());
    bundle.resource_count = static_cast<uint8_t>(used.size());
    bundle.cap = bundle.rate = cap;
    bundle.size = 0;
    bundle.bottleneck = ResourceId::none();
    bundle.led = false;
    bundle.fresh = !used.empty();
    if (bundle.fresh) fresh_.push_back(id);
    attach(id);
  }
  ++bundles_[id.index()].size;
  count_activities(id, 1);
  return id;
}

// One more or one less.
void FairShare::count_activities(BundleId id, int change) {
  const Bundle& bundle = bundles_[id.index()];
  for (const ResourceId used : used_by(id)) {
    Resource& resource = resources_[used.index()];
    resource.users += change;
    if (!resource.uniform)
      add_usage(resource, change * rate(bundle));
    else if (bundle.bottleneck == used)
      resource.balance.held_users += change;
    else if (!bundle.fresh)
      resource.balance.fixed += change * rate(bundle);
    mark_changed(used);
  }
}

void FairShare::remove_activity(BundleId id) {
  Bundle& bundle = bundles_[id.index()];
  ENSURE(bundle.size > 0, id.value());
  --bundle.size;
  count_activities(id, -1);
  if (bundle.size > 0) return;
  bundle.fresh = bundle.led = false;
  detach(id);
  free_.push_back(id);
}

// Looks where the fewest bundles are. A bundle without resources shares nothing, so there is no use
// in finding it.
BundleId FairShare::find(std::span<const ResourceId> used, double cap) const {
  if (used.empty()) return BundleId::none();
  const auto fewer = [this](ResourceId a, ResourceId b) {
    return resources_[a.index()].bundles.size() < resources_[b.index()].bundles.size();
  };
  const ResourceId resource = *std::min_element(used.begin(), used.end(), fewer);
  for (const BundleId id : resources_[resource.index()].bundles) {
    const Bundle& bundle = bundles_[id.index()];
    if (bundle.cap == cap && std::ranges::equal(used_by(id), used)) return id;
  }
  return BundleId::none();
}

BundleId FairShare::take_bundle() {
  if (!free_.empty()) {
    const BundleId id = free_.back();
    free_.pop_back();
    return id;
  }
  bundles_.emplace_back();
  positions_.emplace_back();
  return BundleId(bundles_.size() - 1);
}

void FairShare::attach(BundleId id) {
  const auto used = used_by(id);
  for (size_t i = 0; i < used.size(); ++i) {
    std::vector<BundleId>& list = resources_[used[i].index()].bundles;
    ENSURE((list.empty() || list.back() != id) && "an activity uses a resource once",
           used[i].value());
    positions_[id.index()][i] = static_cast<uint32_t>(list.size());
    list.push_back(id);
  }
}

void FairShare::detach(BundleId id) {
  set_bottleneck(id, ResourceId::none());
  const auto used = used_by(id);
  for (size_t i = 0; i < used.size(); ++i) {
    std::vector<BundleId>& list = resources_[used[i].index()].bundles;
    const uint32_t position = positions_[id.index()][i];
    ENSURE(list[position] == id, id.value());
    swap_bundles(used[i], position, list.size() - 1);
    list.pop_back();
  }
}

// Where among those that the bundle uses the resource is.
size_t FairShare::place_in(BundleId id, ResourceId resource) const {
  const auto used = used_by(id);
  const auto found = std::ranges::find(used, resource);
  ENSURE(found != used.end(), id.value(), resource.value());
  return static_cast<size_t>(found - used.begin());
}

void FairShare::swap_bundles(ResourceId resource, size_t a, size_t b) {
  if (a == b) return;
  std::vector<BundleId>& list = resources_[resource.index()].bundles;
  std::swap(list[a], list[b]);
  for (const size_t position : {a, b}) {
    const BundleId moved = list[position];
    positions_[moved.index()][place_in(moved, resource)] = static_cast<uint32_t>(position);
  }
}

void FairShare::set_bottleneck(BundleId id, ResourceId bottleneck) {
  Bundle& bundle = bundles_[id.index()];
  if (bundle.bottleneck == bottleneck) return;
  if (bundle.bottleneck.valid())
    swap_bundles(bundle.bottleneck, positions_[id.index()][place_in(id, bundle.bottleneck)],
                 --resources_[bundle.bottleneck.index()].held);
  if (bottleneck.valid())
    swap_bundles(bottleneck, positions_[id.index()][place_in(id, bottleneck)],
                 resources_[bottleneck.index()].held++);
  bundle.bottleneck = bottleneck;
}

// Adds up from scratch now and then, so that rounding errors do not add up: 4096 of them, of 1e-16
// each, stay below kSame of the sweep, and the work is spread over so many changes.
void FairShare::add_usage(Resource& resource, double rate) {
  if (resource.relied_on) return;
  resource.usage += rate;
  constexpr uint32_t kTrusted = 4096;
  if (++resource.rounded_changes < kTrusted) return;
  resource.rounded_changes = 0;
  resource.usage = sum_of_rates(resource);
}

double FairShare::sum_of_rates(const Resource& resource) const {
  double sum = 0;
  for (const BundleId id : resource.bundles) {
    const Bundle& bundle = bundles_[id.index()];
    sum += rate(bundle) * bundle.size;
  }
  return sum;
}

double FairShare::usage(const Resource& resource) const {
  if (resource.uniform)
    return resource.balance.fixed +
           resource.level * static_cast<double>(resource.balance.held_users);
  return resource.relied_on ? sum_of_rates(resource) : resource.usage;
}

}  // namespace wukong::fluid
