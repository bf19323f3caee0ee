// Bundles that a uniform resource holds back follow its lead: one progress for all of them, so that
// a change of their rate is one change.
#include <algorithm>
#include <span>

#include "sim/fluid/solver.h"

namespace wukong::fluid {
namespace {

// As of a bundle's own progress: doubles below this still resolve a millionth of a unit.
constexpr double kMostLed = 4294967296.0;

}  // namespace

double Pool::Solver::served(const Lead& lead) const {
  return lead.served + lead.rate * (engine_.now() - lead.since).to_seconds();
}

// After a solution: who leads, and who follows.
void Pool::Solver::follow_leads() {
  for (const ResourceId id : rates_.parted_resources())
    if (resources_[id.index()].lead) free_lead(id);
  for (const ResourceId id : rates_.relevelled_resources())
    if (resources_[id.index()].lead) change_lead(id);
  const bool anybody_leads = leads_.size() > free_leads_.size();
  for (const BundleId bundle :
       anybody_leads ? rates_.changed_bundles() : std::span<const BundleId>()) {
    const ResourceId bottleneck = rates_.bottleneck(bundle);
    if (const auto lead = paces_[bundle.index()].lead) {
      if (leads_[*lead].resource == bottleneck) continue;
      leave_lead(bundle);
    }
    if (!bottleneck.valid()) continue;
    if (const auto lead = resources_[bottleneck.index()].lead) follow(bundle, *lead);
  }
  for (const ResourceId id : rates_.united_resources()) make_lead(id);
}

void Pool::Solver::make_lead(ResourceId id) {
  Resource& resource = resources_[id.index()];
  resource.lead = static_cast<uint32_t>(leads_.size());
  if (free_leads_.empty()) {
    leads_.emplace_back();
  } else {
    resource.lead = free_leads_.back();
    free_leads_.pop_back();
  }
  Lead& lead = leads_[*resource.lead];
  ENSURE(lead.waiting.empty(), id.value());
  lead.served = 0;
  lead.rate = rates_.level(id);
  lead.since = engine_.now();
  lead.resource = id;
  for (const BundleId bundle : rates_.held_bundles(id)) follow(bundle, *resource.lead);
  mark_stale(id);
}

// Its bundles go on by themselves, at the rates that they have now.
void Pool::Solver::free_lead(ResourceId id) {
  Resource& resource = resources_[id.index()];
  const uint32_t number = *resource.lead;
  while (!leads_[number].waiting.empty()) {
    const BundleId bundle(leads_[number].waiting.entries().back().id);
    leave_lead(bundle);
    paces_[bundle.index()].rate = rates_.rate(bundle);
  }
  resource.lead.reset();
  free_leads_.push_back(number);
  mark_stale(id);
}

void Pool::Solver::change_lead(ResourceId id) {
  Lead& lead = leads_[*resources_[id.index()].lead];
  renew(lead);
  lead.rate = rates_.level(id);
  mark_stale(id);
}

// Brings it to this instant, and changes its scale if that has become too large.
void Pool::Solver::renew(Lead& lead) {
  lead.served = served(lead);
  lead.since = engine_.now();
  if (lead.served <= kMostLed) return;
  for (const auto& entry : lead.waiting.entries()) paces_[entry.id].served += lead.served;
  lead.waiting.lower_keys(lead.served);
  lead.served = 0;
}

void Pool::Solver::follow(BundleId bundle, uint32_t number) {
  Pace& pace = paces_[bundle.index()];
  Lead& lead = leads_[number];
  if (served(lead) > kMostLed) renew(lead);
  pace.served = served(pace) - served(lead);
  pace.lead = number;
  pace.first_mark = waiting_[bundle.index()].top().key;
  lead.waiting.push({pace.first_mark - pace.served, bundle.value()},
                    [this](uint32_t moved, uint32_t to) { paces_[moved].position = to; });
}

void Pool::Solver::leave_lead(BundleId bundle) {
  Pace& pace = paces_[bundle.index()];
  Lead& lead = leads_[*pace.lead];
  pace.served = served(pace);
  pace.since = engine_.now();
  pace.rate = lead.rate;
  pace.lead.reset();
  lead.waiting.erase(pace.position,
                     [this](uint32_t moved, uint32_t to) { paces_[moved].position = to; });
}

// One of its activities has come or gone.
void Pool::Solver::update_in_lead(BundleId bundle) {
  Pace& pace = paces_[bundle.index()];
  if (!pace.lead) return;
  mark_stale(leads_[*pace.lead].resource);
  if (waiting_[bundle.index()].empty()) return leave_lead(bundle);
  pace.first_mark = waiting_[bundle.index()].top().key;
  leads_[*pace.lead].waiting.update(
      pace.position, pace.first_mark - pace.served,
      [this](uint32_t moved, uint32_t to) { paces_[moved].position = to; });
}

void Pool::Solver::complete_on(const Lead& lead) {
  const double by_now = served(lead) + negligible(lead.rate);
  while (!lead.waiting.empty() && lead.waiting.top().key <= by_now) {
    const BundleId first(lead.waiting.top().id);
    complete(first, std::max(through(first), paces_[first.index()].first_mark));
  }
}

}  // namespace wukong::fluid
