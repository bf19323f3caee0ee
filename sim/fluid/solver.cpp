#include "sim/fluid/solver.h"

#include <algorithm>
#include <cmath>

namespace wukong::fluid {

Pool::Solver::Solver(engine::Engine& engine)
    : engine_(engine),
      solve_timer_(
          engine, [](void* self) { static_cast<Solver*>(self)->solve(); }, this),
      due_timer_(engine, [](void* self) { static_cast<Solver*>(self)->complete_due(); }, this) {}

// Activities may outlive the pool while a run is torn down; they must not come back to it.
Pool::Solver::~Solver() {
  for (const Sharer& sharer : sharers_)
    if (sharer.activity != nullptr) sharer.activity->state_ = Activity::State::idle;
}

ResourceId Pool::Solver::add_resource(const ResourceSpec& spec) {
  ENSURE(spec.rate > Rate(), spec.rate.count());
  ResourceId id(resources_.size());
  if (free_resources_.empty()) {
    resources_.emplace_back();
  } else {
    id = free_resources_.back();
    free_resources_.pop_back();
  }
  Resource& made = resources_[id.index()];
  ENSURE((!spec.burst || !spec.crowding) && "a resource has a burst or is crowded, not both");
  made.given = Amount(0);
  made.alive = true;
  made.rate = spec.rate.as_double();
  made.crowding = spec.crowding;
  if (spec.burst) add_burst(made, spec);
  // The allowance of a burst is used only beyond the base rate.
  if (spec.burst)
    rates_.add_resource(id, spec.burst->rate.as_double(), spec.rate.as_double());
  else
    rates_.add_resource(id, spec.rate.as_double());
  return id;
}

void Pool::Solver::remove_resource(ResourceId id) {
  Resource& removed = resource_at(id);
  ENSURE(removed.users == 0 && "no activity uses a resource that is removed", id.value());
  rates_.remove_resource(id);
  if (removed.burst) {
    free_bursts_.push_back(*removed.burst);
    removed.burst.reset();
  }
  if (removed.lead) free_lead(id);
  removed.alive = false;
  resource_agenda_.set(id.value(), std::nullopt);
  free_resources_.push_back(id);
}

Pool::Solver::Resource& Pool::Solver::resource_at(ResourceId id) {
  ENSURE(id.index() < resources_.size() && resources_[id.index()].alive, id.value());
  return resources_[id.index()];
}

void Pool::Solver::start(Activity& activity) {
  uint32_t number = static_cast<uint32_t>(sharers_.size());
  if (free_sharers_.empty()) {
    sharers_.emplace_back();
  } else {
    number = free_sharers_.back();
    free_sharers_.pop_back();
  }
  sharers_[number].activity = &activity;
  sharers_[number].sequence = started_++;
  activity.number_ = number;
  const ResourceList& used = activity.resources_;
  for (const ResourceId id : used) {
    Resource& resource = resource_at(id);
    if (resource.users == 0) refill_if_idle(id);
    ++resource.users;
    resource.users_xor ^= number;
    adjust_to_crowd(id);
  }
  // Who had a resource for itself now shares it.
  for (const ResourceId id : used) {
    const Resource& resource = resources_[id.index()];
    if (resource.users != 2) continue;
    const uint32_t other = resource.users_xor ^ number;
    place(other, unplace(other));
  }
  place(number, activity.amount_.as_double());
}

void Pool::Solver::abandon(uint32_t number) { remove(number, given_to(sharers_[number])); }

// Without regard to others, and to what it takes from a burst: the client says that it is small.
Duration Pool::Solver::pass_unshared(Amount amount, const ResourceList& used, Rate cap) {
  Rate slowest = cap;
  for (const ResourceId id : used) {
    Resource& resource = resource_at(id);
    if (resource.users == 0) refill_if_idle(id);
    resource.given += amount;
    // A crowd may leave less than one a second, which is as slow as a rate can be written.
    const auto capacity = std::max<int64_t>(1, static_cast<int64_t>(rates_.capacity(id)));
    slowest = std::min(slowest, Rate::per_second(capacity));
  }
  return time_for(amount, slowest);
}

// A burst must see its usage, and a crowd its size, so such resources are never left out.
bool Pool::Solver::alone_on(ResourceId id) const {
  const Resource& resource = resources_[id.index()];
  return resource.users == 1 && !resource.burst && !resource.crowding;
}

void Pool::Solver::adjust_to_crowd(ResourceId id) {
  const Resource& resource = resources_[id.index()];
  if (!resource.crowding || resource.users == 0) return;
  rates_.set_capacity(id, resource.rate * resource.crowding->share(resource.users));
}

void Pool::Solver::place(uint32_t number, double remaining) {
  Sharer& sharer = sharers_[number];
  std::array<ResourceId, FairShare::kMostResources> shared;
  size_t count = 0;
  auto cap = sharer.activity->cap_.as_double();
  for (const ResourceId id : sharer.activity->resources_) {
    if (alone_on(id))
      cap = std::min(cap, rates_.capacity(id));
    else
      shared[count++] = id;
  }
  sharer.bundle = rates_.add_activity(std::span(shared.data(), count), cap);
  if (rates_.size(sharer.bundle) == 1) begin(sharer.bundle);
  sharer.mark = served_lately(sharer.bundle) + remaining;
  waiting_[sharer.bundle.index()].push({sharer.mark, number}, [this](uint32_t moved, uint32_t to) {
    sharers_[moved].position = to;
  });
  update_in_lead(sharer.bundle);
  mark_stale(sharer.bundle);
  mark_bursts_stale(rates_.used_by(sharer.bundle));
}

// Returns what is left of it.
double Pool::Solver::unplace(uint32_t number) {
  const Sharer& sharer = sharers_[number];
  const double left = sharer.mark - served(paces_[sharer.bundle.index()]);
  waiting_[sharer.bundle.index()].erase(
      sharer.position, [this](uint32_t moved, uint32_t to) { sharers_[moved].position = to; });
  mark_stale(sharer.bundle);
  mark_bursts_stale(rates_.used_by(sharer.bundle));
  rates_.remove_activity(sharer.bundle);
  update_in_lead(sharer.bundle);
  return std::max(left, 0.0);
}

void Pool::Solver::remove(uint32_t number, Amount given) {
  unplace(number);
  Sharer& sharer = sharers_[number];
  const ResourceList& used = sharer.activity->resources_;
  for (const ResourceId id : used) {
    Resource& resource = resource_at(id);
    ENSURE(resource.users > 0, id.value());
    resource.given += given;
    resource.users_xor ^= number;
    --resource.users;
    adjust_to_crowd(id);
  }
  sharer.activity->state_ = Activity::State::idle;
  sharer.activity = nullptr;
  free_sharers_.push_back(number);
}

// By now, in whole units: one that lacks less than a thousandth counts, as rounding may be off by
// some millionths (kMostServed of progress.cpp).
Amount Pool::Solver::given_to(const Sharer& sharer) const {
  const double left = std::max(0.0, sharer.mark - served(paces_[sharer.bundle.index()]));
  const auto whole = static_cast<int64_t>(std::ceil(left - 1e-3));
  return sharer.activity->amount_ -
         Amount(std::clamp<int64_t>(whole, 0, sharer.activity->amount_.count()));
}

Amount Pool::Solver::given(ResourceId id) const {
  const Resource& counted = resources_[id.index()];
  Amount total = counted.given;
  if (counted.users == 1) return total + given_to(sharers_[counted.users_xor]);
  for (const BundleId bundle : rates_.bundles(id))
    for (const auto& entry : waiting_[bundle.index()].entries())
      total += given_to(sharers_[entry.id]);
  return total;
}

double Pool::Solver::rate_of(ResourceId id) {
  solve();
  const Resource& asked = resource_at(id);
  if (asked.users == 1) return rates_.rate(sharers_[asked.users_xor].bundle);
  double sum = 0;
  for (const BundleId bundle : rates_.bundles(id)) sum += rates_.rate(bundle) * rates_.size(bundle);
  return sum;
}

}  // namespace wukong::fluid
