#include "sim/platform/fair_share.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::sim {

void FairShare::add_link(LinkId id, double capacity) {
  ENSURE(capacity > 0, id.value(), capacity);
  if (id.index() >= links_.size()) {
    links_.resize(id.index() + 1);
    joined_in_.resize(id.index() + 1, 0);
  }
  Link& link = links_[id.index()];
  ENSURE(link.bundles.empty(), id.value());
  link.capacity = capacity;
  link.usage = 0;
  link.level = kNone;
}

void FairShare::set_capacity(LinkId id, double capacity) {
  ENSURE(capacity > 0, id.value(), capacity);
  Link& link = links_[id.index()];
  if (link.capacity == capacity) return;
  link.capacity = capacity;
  mark_changed(id);
}

void FairShare::remove_link(LinkId id) {
  const Link& link = links_[id.index()];
  ENSURE(link.bundles.empty() && "a removed link is not in use", id.value(), link.bundles.size());
}

BundleId FairShare::add_flow(std::span<const LinkId> route, double cap) {
  ENSURE(route.size() <= kMostLinks && cap > 0, route.size(), cap);
  BundleId id = find(route, cap);
  if (!id.valid()) {
    id = take_bundle();
    Bundle& bundle = bundles_[id.index()];
    std::copy(route.begin(), route.end(), bundle.links.begin());
    bundle.link_count = static_cast<uint8_t>(route.size());
    bundle.cap = bundle.rate = cap;
    bundle.flows = 0;
    bundle.home = LinkId::none();
    attach(id);
  }
  Bundle& bundle = bundles_[id.index()];
  ++bundle.flows;
  for (const LinkId link : this->route(id)) {
    add_usage(links_[link.index()], bundle.rate);
    mark_changed(link);
  }
  return id;
}

void FairShare::remove_flow(BundleId id) {
  Bundle& bundle = bundles_[id.index()];
  ENSURE(bundle.flows > 0, id.value());
  --bundle.flows;
  for (const LinkId link : route(id)) {
    add_usage(links_[link.index()], -bundle.rate);
    mark_changed(link);
  }
  if (bundle.flows > 0) return;
  detach(id);
  free_.push_back(id);
}

// Looks where the fewest bundles are. A bundle without links shares nothing, so there is no use in
// finding it.
BundleId FairShare::find(std::span<const LinkId> route, double cap) const {
  if (route.empty()) return BundleId::none();
  const auto fewer = [this](LinkId a, LinkId b) {
    return links_[a.index()].bundles.size() < links_[b.index()].bundles.size();
  };
  const LinkId link = *std::min_element(route.begin(), route.end(), fewer);
  for (const BundleId id : links_[link.index()].bundles) {
    const Bundle& bundle = bundles_[id.index()];
    if (bundle.cap == cap && std::ranges::equal(this->route(id), route)) return id;
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
  const auto route = this->route(id);
  for (size_t i = 0; i < route.size(); ++i) {
    std::vector<BundleId>& list = links_[route[i].index()].bundles;
    ENSURE((list.empty() || list.back() != id) && "a route crosses a link once", route[i].value());
    positions_[id.index()][i] = static_cast<uint32_t>(list.size());
    list.push_back(id);
  }
}

void FairShare::detach(BundleId id) {
  set_home(id, LinkId::none());
  const auto route = this->route(id);
  for (size_t i = 0; i < route.size(); ++i) {
    std::vector<BundleId>& list = links_[route[i].index()].bundles;
    const uint32_t position = positions_[id.index()][i];
    ENSURE(list[position] == id, id.value());
    swap_bundles(route[i], position, list.size() - 1);
    list.pop_back();
  }
}

// Where in the bundle's route the link is.
size_t FairShare::crossing(BundleId id, LinkId link) const {
  const auto route = this->route(id);
  const auto found = std::ranges::find(route, link);
  ENSURE(found != route.end(), id.value(), link.value());
  return static_cast<size_t>(found - route.begin());
}

void FairShare::swap_bundles(LinkId link, size_t a, size_t b) {
  if (a == b) return;
  std::vector<BundleId>& list = links_[link.index()].bundles;
  std::swap(list[a], list[b]);
  for (const size_t position : {a, b}) {
    const BundleId moved = list[position];
    positions_[moved.index()][crossing(moved, link)] = static_cast<uint32_t>(position);
  }
}

void FairShare::set_home(BundleId id, LinkId home) {
  Bundle& bundle = bundles_[id.index()];
  if (bundle.home == home) return;
  if (bundle.home.valid())
    swap_bundles(bundle.home, positions_[id.index()][crossing(id, bundle.home)],
                 --links_[bundle.home.index()].held);
  if (home.valid())
    swap_bundles(home, positions_[id.index()][crossing(id, home)], links_[home.index()].held++);
  bundle.home = home;
}

// Adds up from scratch now and then, so that rounding errors do not.
void FairShare::add_usage(Link& link, double rate) {
  link.usage += rate;
  constexpr uint32_t kTrusted = 4096;
  if (++link.rounded_changes < kTrusted) return;
  link.rounded_changes = 0;
  link.usage = 0;
  for (const BundleId id : link.bundles)
    link.usage += bundles_[id.index()].rate * bundles_[id.index()].flows;
}

}  // namespace wukong::sim
