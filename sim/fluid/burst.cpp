// Resources with a burst: the allowance is brought up to date whenever the resource's usage
// changes, and the time at which it will be empty is on the resource's agenda.
#include "sim/fluid/solver.h"

namespace wukong::fluid {

void Pool::Solver::add_burst(Resource& resource, const ResourceSpec& spec) {
  const auto& [allowance, burst_rate] = *spec.burst;
  ENSURE(burst_rate >= spec.rate, burst_rate.count(), spec.rate.count());
  const BurstState made{BurstAllowance(allowance, spec.rate), spec.rate, burst_rate, engine_.now()};
  resource.burst = static_cast<uint32_t>(bursts_.size());
  if (free_bursts_.empty()) {
    bursts_.push_back(made);
  } else {
    resource.burst = free_bursts_.back();
    free_bursts_.pop_back();
    bursts_[*resource.burst] = made;
  }
}

// REQUIRES: no activity uses the resource.
void Pool::Solver::refill_if_idle(ResourceId id) {
  const Resource& idle = resources_[id.index()];
  if (!idle.burst) return;
  BurstState& burst = bursts_[*idle.burst];
  // Who has used it until this instant is gone, and nobody has noted yet what that took.
  if (burst.usage > 0) update_burst(id, 0);
  burst.allowance.refill(engine_.now() - burst.since);
  burst.since = engine_.now();
  burst.bursting = !burst.allowance.empty();
  const Rate capacity = burst.bursting ? burst.burst_rate : burst.base_rate;
  rates_.set_capacity(id, capacity.as_double());
}

void Pool::Solver::update_burst(ResourceId id, double usage) {
  BurstState& burst = bursts_[*resources_[id.index()].burst];
  if (burst.bursting) burst.allowance.use(engine_.now() - burst.since, burst.usage);
  burst.since = engine_.now();
  burst.usage = usage;
}

std::optional<Time> Pool::Solver::burst_end(ResourceId id) const {
  const BurstState& burst = bursts_[*resources_[id.index()].burst];
  if (!burst.bursting) return std::nullopt;
  const auto lasts = burst.allowance.lasts(burst.usage);
  return lasts ? std::optional(engine_.now() + *lasts) : std::nullopt;
}

void Pool::Solver::end_burst_if_empty(ResourceId id) {
  BurstState& burst = bursts_[*resources_[id.index()].burst];
  if (!burst.bursting) return;
  update_burst(id, burst.usage);
  if (!burst.allowance.empty()) return;
  burst.bursting = false;
  rates_.set_capacity(id, burst.base_rate.as_double());
}

}  // namespace wukong::fluid
