// Links with a burst: the allowance is brought up to date whenever the link's usage changes, and
// the time at which it will be empty is on the link's agenda.
#include "sim/platform/network_solver.h"

namespace wukong::sim {

void Network::Solver::add_burst(Link& link, const LinkSpec& spec) {
  ENSURE(spec.burst_rate >= spec.rate, spec.burst_rate.count(), spec.rate.count());
  const Burst made{BurstAllowance(*spec.burst, spec.rate), spec.rate, spec.burst_rate,
                   engine_.now()};
  link.burst = static_cast<uint32_t>(bursts_.size());
  if (free_bursts_.empty()) {
    bursts_.push_back(made);
  } else {
    link.burst = free_bursts_.back();
    free_bursts_.pop_back();
    bursts_[*link.burst] = made;
  }
}

// REQUIRES: no flow crosses the link.
void Network::Solver::refill_if_idle(LinkId id) {
  const Link& idle = links_[id.index()];
  if (!idle.burst) return;
  Burst& burst = bursts_[*idle.burst];
  burst.allowance.refill(engine_.now() - burst.since);
  burst.since = engine_.now();
  burst.bursting = !burst.allowance.empty();
  const Bandwidth capacity = burst.bursting ? burst.burst_rate : burst.rate;
  share_.set_capacity(id, static_cast<double>(capacity.count()));
}

void Network::Solver::update_burst(LinkId id, double usage) {
  Burst& burst = bursts_[*links_[id.index()].burst];
  if (burst.bursting) burst.allowance.use(engine_.now() - burst.since, burst.usage);
  burst.since = engine_.now();
  burst.usage = usage;
}

std::optional<Time> Network::Solver::burst_end(LinkId id) const {
  const Burst& burst = bursts_[*links_[id.index()].burst];
  if (!burst.bursting) return std::nullopt;
  const auto lasts = burst.allowance.lasts(burst.usage);
  return lasts ? std::optional(engine_.now() + *lasts) : std::nullopt;
}

void Network::Solver::end_burst_if_empty(LinkId id) {
  Burst& burst = bursts_[*links_[id.index()].burst];
  if (!burst.bursting) return;
  update_burst(id, burst.usage);
  if (!burst.allowance.empty()) return;
  burst.bursting = false;
  share_.set_capacity(id, static_cast<double>(burst.rate.count()));
}

}  // namespace wukong::sim
