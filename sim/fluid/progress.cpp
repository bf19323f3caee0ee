// Progress of bundles, and what is due when.
#include <algorithm>
#include <cmath>

#include "sim/fluid/solver.h"

namespace wukong::fluid {
namespace {

// 2^32: doubles below this still resolve a millionth of a unit.
constexpr double kMostServed = 4294967296.0;

// Nanoseconds: 127 years. Added to a time of as much it still fits into 63 bits.
constexpr double kLongestWait = 4e18;

}  // namespace

double Pool::Solver::negligible(double rate) { return std::min(0.01, rate * 1e-12); }

double Pool::Solver::served(const Pace& pace) const {
  if (pace.lead) return pace.served + served(leads_[*pace.lead]);
  return pace.served + pace.rate * (engine_.now() - pace.since).to_seconds();
}

double Pool::Solver::rate(const Pace& pace) const {
  return pace.lead ? leads_[*pace.lead].rate : pace.rate;
}

// Of its activity that is through first.
double Pool::Solver::remaining(BundleId bundle) const {
  const Pace& pace = paces_[bundle.index()];
  return pace.first_mark - served(pace);
}

void Pool::Solver::begin(BundleId bundle) {
  if (bundle.index() >= paces_.size()) {
    paces_.resize(bundle.index() + 1);
    waiting_.resize(bundle.index() + 1);
  }
  ENSURE(waiting_[bundle.index()].empty(), bundle.value());
  Pace& pace = paces_[bundle.index()];
  ENSURE(!pace.lead, bundle.value());
  pace.served = 0;
  pace.rate = rates_.rate(bundle);
  pace.since = engine_.now();
}

// REQUIRES: it follows no lead.
void Pool::Solver::change_rate(BundleId bundle, double rate) {
  Pace& pace = paces_[bundle.index()];
  pace.served = served(pace);
  pace.since = engine_.now();
  pace.rate = rate;
  if (pace.served > kMostServed) rebase(bundle);
}

// What the bundle's activities have got by now, after a change of scale if that has become too
// large.
double Pool::Solver::served_lately(BundleId bundle) {
  const Pace& pace = paces_[bundle.index()];
  if (pace.lead && served(leads_[*pace.lead]) > kMostServed) renew(leads_[*pace.lead]);
  if (served(pace) <= kMostServed) return served(pace);
  if (pace.lead)
    rebase(bundle);
  else
    change_rate(bundle, pace.rate);
  return served(pace);
}

void Pool::Solver::rebase(BundleId bundle) {
  Pace& pace = paces_[bundle.index()];
  const double by_now = served(pace);
  waiting_[bundle.index()].lower_keys(by_now);
  for (const auto& entry : waiting_[bundle.index()].entries()) sharers_[entry.id].mark = entry.key;
  pace.first_mark -= by_now;
  pace.served -= by_now;
}

// When so much is through, rounded up; nothing if beyond all time. Half of what is
// negligible is left out here and half when it is checked, so that the check holds when it is due.
std::optional<Time> Pool::Solver::due_at(double amount, double rate) const {
  const double wait = std::ceil((amount - negligible(rate) / 2) * 1e9 / rate);
  if (wait > kLongestWait) return std::nullopt;
  return engine_.now() + Duration::nanoseconds(std::max<int64_t>(0, static_cast<int64_t>(wait)));
}

void Pool::Solver::request_solve() {
  if (!solve_timer_.armed()) solve_timer_.arm(engine_.now());
}

void Pool::Solver::solve() {
  solve_timer_.cancel();
  rates_.solve();
  follow_leads();
  for (const BundleId bundle : rates_.changed_bundles()) {
    const double rate = rates_.rate(bundle);
    if (!paces_[bundle.index()].lead && rate != paces_[bundle.index()].rate)
      change_rate(bundle, rate);
    if (paces_[bundle.index()].at_cap || !rates_.bottleneck(bundle).valid()) mark_stale(bundle);
    mark_bursts_stale(rates_.used_by(bundle));
  }
  for (const ResourceId resource : rates_.solved_resources()) mark_stale(resource);
  for (const BundleId bundle : stale_bundles_) reschedule(bundle);
  stale_bundles_.clear();
  for (const ResourceId resource : stale_resources_) reschedule(resource);
  stale_resources_.clear();
  arm();
}

void Pool::Solver::mark_stale(ResourceId id) {
  Resource& marked = resources_[id.index()];
  if (marked.stale) return;
  marked.stale = true;
  stale_resources_.push_back(id);
}

// Their usage changes with the rates of what uses them.
void Pool::Solver::mark_bursts_stale(std::span<const ResourceId> used) {
  if (bursts_.empty()) return;
  for (const ResourceId id : used)
    if (resources_[id.index()].burst) mark_stale(id);
}

void Pool::Solver::mark_stale(BundleId id) {
  Pace& pace = paces_[id.index()];
  if (pace.stale) return;
  pace.stale = true;
  stale_bundles_.push_back(id);
  request_solve();
}

// A bundle at its cap is due by itself; else its bottleneck, which was solved too, sees to it.
void Pool::Solver::reschedule(BundleId id) {
  Pace& pace = paces_[id.index()];
  pace.stale = false;
  std::optional<Time> due;
  if (const auto& heap = waiting_[id.index()]; !heap.empty()) {
    pace.first_mark = heap.top().key;
    if (!rates_.bottleneck(id).valid()) due = due_at(remaining(id), rate(pace));
  }
  if (pace.at_cap || due) bundle_agenda_.set(id.value(), due);
  pace.at_cap = due.has_value();
}

void Pool::Solver::reschedule(ResourceId id) {
  Resource& scheduled = resources_[id.index()];
  scheduled.stale = false;
  if (scheduled.burst) update_burst(id, scheduled.users > 0 ? rates_.usage(id) : 0);
  std::optional<Time> due = first_through_on(id);
  if (scheduled.burst)
    if (const auto end = burst_end(id)) due = std::min(due.value_or(Time::max()), *end);
  resource_agenda_.set(id.value(), due);
}

std::optional<Time> Pool::Solver::first_through_on(ResourceId id) const {
  double least = std::numeric_limits<double>::infinity();
  double rate = 0;
  if (const auto number = resources_[id.index()].lead) {
    const Lead& lead = leads_[*number];
    if (lead.waiting.empty()) return std::nullopt;
    rate = lead.rate;
    least = lead.waiting.top().key - served(lead);
  } else {
    for (const BundleId bundle : rates_.held_bundles(id)) {
      rate = paces_[bundle.index()].rate;
      least = std::min(least, remaining(bundle));
    }
  }
  return rate > 0 ? due_at(least, rate) : std::nullopt;
}

void Pool::Solver::arm() {
  const auto by_resource = resource_agenda_.next();
  const auto by_bundle = bundle_agenda_.next();
  if (!by_resource && !by_bundle) return due_timer_.cancel();
  const Time first = std::min(by_resource.value_or(Time::max()), by_bundle.value_or(Time::max()));
  const Time due = std::max(first, engine_.now());  // a real clock may be late
  if (!due_timer_.armed() || due_timer_.due() != due) due_timer_.arm(due);
}

void Pool::Solver::complete_due() {
  while (const auto resource = resource_agenda_.take(engine_.now()))
    complete_on(ResourceId(*resource));
  while (const auto bundle = bundle_agenda_.take(engine_.now()))
    complete(BundleId(*bundle), through(BundleId(*bundle)));
  wake_finished();
  request_solve();
}

void Pool::Solver::complete_on(ResourceId id) {
  mark_stale(id);
  if (resources_[id.index()].burst) end_burst_if_empty(id);
  if (const auto lead = resources_[id.index()].lead) return complete_on(leads_[*lead]);
  due_bundles_.clear();
  for (const BundleId bundle : rates_.held_bundles(id))
    if (remaining(bundle) <= negligible(paces_[bundle.index()].rate))
      due_bundles_.push_back(bundle);
  for (const BundleId bundle : due_bundles_) complete(bundle, through(bundle));
}

// An activity of the bundle whose mark is no higher is through.
double Pool::Solver::through(BundleId id) const {
  const Pace& pace = paces_[id.index()];
  return served(pace) + negligible(rate(pace));
}

void Pool::Solver::complete(BundleId id, double through) {
  mark_stale(id);
  const auto& heap = waiting_[id.index()];
  while (!heap.empty() && heap.top().key <= through) {
    const uint32_t number = heap.top().id;
    Activity* activity = sharers_[number].activity;
    finished_.push_back({sharers_[number].sequence, activity});
    remove(number, activity->amount_);
    activity->tell_end(true);
  }
}

// In the order in which they started.
void Pool::Solver::wake_finished() {
  std::sort(finished_.begin(), finished_.end());
  for (const Finished& finished : finished_) engine_.make_ready(*finished.activity);
  finished_.clear();
}

}  // namespace wukong::fluid
