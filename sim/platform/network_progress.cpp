// Progress of bundles, and what is due when.
#include <algorithm>
#include <cmath>

#include "sim/platform/network_solver.h"

namespace wukong::sim {
namespace {

// A flow counts as through when less than this many bytes are missing: far below one byte and one
// nanosecond, far above the rounding errors of sums.
double negligible(double rate) { return std::min(0.01, rate * 1e-12); }

// Doubles below this still resolve a millionth of a byte.
constexpr double kMostServed = 4294967296.0;

constexpr double kLongestWait = 4e18;  // nanoseconds

}  // namespace

double Network::Solver::served(const Pace& pace) const {
  return pace.served + pace.rate * (engine_.now() - pace.since).to_seconds();
}

// Of the flow that is through first.
double Network::Solver::remaining(BundleId bundle) const {
  const Pace& pace = paces_[bundle.index()];
  return pace.first_mark - served(pace);
}

void Network::Solver::begin(BundleId bundle) {
  if (bundle.index() >= paces_.size()) {
    paces_.resize(bundle.index() + 1);
    waiting_.resize(bundle.index() + 1);
  }
  ENSURE(waiting_[bundle.index()].empty(), bundle.value());
  Pace& pace = paces_[bundle.index()];
  pace.served = 0;
  pace.rate = share_.rate(bundle);
  pace.since = engine_.now();
}

void Network::Solver::change_rate(BundleId bundle, double rate) {
  Pace& pace = paces_[bundle.index()];
  pace.served = served(pace);
  pace.since = engine_.now();
  pace.rate = rate;
  if (pace.served > kMostServed) rebase(bundle);
}

// What the bundle's flows have got by now, after a change of scale if it has become too large.
double Network::Solver::served_lately(BundleId bundle) {
  if (served(paces_[bundle.index()]) > kMostServed)
    change_rate(bundle, paces_[bundle.index()].rate);
  return served(paces_[bundle.index()]);
}

void Network::Solver::rebase(BundleId bundle) {
  Pace& pace = paces_[bundle.index()];
  waiting_[bundle.index()].lower_keys(pace.served);
  for (const auto& entry : waiting_[bundle.index()].entries()) flows_[entry.id].mark = entry.key;
  pace.first_mark -= pace.served;
  pace.served = 0;
}

// When so many bytes are through, rounded up; nothing if beyond all time. Half of what is
// negligible is left out here and half when it is checked, so that the check holds when it is due.
std::optional<Time> Network::Solver::due_at(double bytes, double rate) const {
  const double wait = std::ceil((bytes - negligible(rate) / 2) * 1e9 / rate);
  if (wait > kLongestWait) return std::nullopt;
  return engine_.now() + Duration::nanoseconds(std::max<int64_t>(0, static_cast<int64_t>(wait)));
}

void Network::Solver::request_solve() {
  if (!solve_timer_.armed()) solve_timer_.arm(engine_.now());
}

void Network::Solver::solve() {
  solve_timer_.cancel();
  share_.solve();
  for (const BundleId bundle : share_.changed_bundles()) {
    const double rate = share_.rate(bundle);
    if (rate != paces_[bundle.index()].rate) change_rate(bundle, rate);
    if (paces_[bundle.index()].at_cap || !share_.bottleneck(bundle).valid()) mark_stale(bundle);
    mark_bursts_stale(share_.route(bundle));
  }
  for (const LinkId link : share_.solved_links()) mark_stale(link);
  for (const BundleId bundle : stale_bundles_) reschedule(bundle);
  stale_bundles_.clear();
  for (const LinkId link : stale_links_) reschedule(link);
  stale_links_.clear();
  arm();
}

void Network::Solver::mark_stale(LinkId id) {
  Link& marked = links_[id.index()];
  if (marked.stale) return;
  marked.stale = true;
  stale_links_.push_back(id);
}

// Their usage changes with the rates of what crosses them.
void Network::Solver::mark_bursts_stale(std::span<const LinkId> route) {
  if (bursts_.empty()) return;
  for (const LinkId id : route)
    if (links_[id.index()].burst) mark_stale(id);
}

void Network::Solver::mark_stale(BundleId id) {
  Pace& pace = paces_[id.index()];
  if (pace.stale) return;
  pace.stale = true;
  stale_bundles_.push_back(id);
  request_solve();
}

// A bundle at its cap is due by itself; else its bottleneck, which was solved too, sees to it.
void Network::Solver::reschedule(BundleId id) {
  Pace& pace = paces_[id.index()];
  pace.stale = false;
  std::optional<Time> due;
  if (const auto& heap = waiting_[id.index()]; !heap.empty()) {
    pace.first_mark = heap.top().key;
    if (!share_.bottleneck(id).valid()) due = due_at(remaining(id), pace.rate);
  }
  if (pace.at_cap || due) bundle_agenda_.set(id.value(), due);
  pace.at_cap = due.has_value();
}

void Network::Solver::reschedule(LinkId id) {
  Link& scheduled = links_[id.index()];
  scheduled.stale = false;
  if (scheduled.burst) update_burst(id, scheduled.flows > 0 ? share_.usage(id) : 0);
  double least = std::numeric_limits<double>::infinity();
  double rate = 0;
  for (const BundleId bundle : share_.held_bundles(id)) {
    rate = paces_[bundle.index()].rate;
    least = std::min(least, remaining(bundle));
  }
  std::optional<Time> due;
  if (rate > 0) due = due_at(least, rate);
  if (scheduled.burst)
    if (const auto end = burst_end(id)) due = std::min(due.value_or(Time::max()), *end);
  link_agenda_.set(id.value(), due);
}

void Network::Solver::arm() {
  const auto by_link = link_agenda_.next();
  const auto by_bundle = bundle_agenda_.next();
  if (!by_link && !by_bundle) return due_timer_.cancel();
  const Time due = std::min(by_link.value_or(Time::max()), by_bundle.value_or(Time::max()));
  if (!due_timer_.armed() || due_timer_.due() != due) due_timer_.arm(due);
}

void Network::Solver::complete_due() {
  while (const auto link = link_agenda_.take(engine_.now())) complete_on(LinkId(*link));
  while (const auto bundle = bundle_agenda_.take(engine_.now())) complete(BundleId(*bundle));
  wake_finished();
  request_solve();
}

void Network::Solver::complete_on(LinkId id) {
  mark_stale(id);
  if (links_[id.index()].burst) end_burst_if_empty(id);
  due_bundles_.clear();
  for (const BundleId bundle : share_.held_bundles(id))
    if (remaining(bundle) <= negligible(paces_[bundle.index()].rate))
      due_bundles_.push_back(bundle);
  for (const BundleId bundle : due_bundles_) complete(bundle);
}

void Network::Solver::complete(BundleId id) {
  mark_stale(id);
  const double rate = paces_[id.index()].rate;
  const double through = served(paces_[id.index()]) + negligible(rate);
  const auto& heap = waiting_[id.index()];
  while (!heap.empty() && heap.top().key <= through) {
    const uint32_t number = heap.top().id;
    Transfer* transfer = flows_[number].transfer;
    finished_.push_back({flows_[number].sequence, transfer});
    remove(number, transfer->amount_);
  }
}

// In the order in which they started.
void Network::Solver::wake_finished() {
  std::sort(finished_.begin(), finished_.end());
  for (const Finished& finished : finished_) engine_.make_ready(*finished.transfer);
  finished_.clear();
}

}  // namespace wukong::sim
