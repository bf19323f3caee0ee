#include "sim/platform/network_solver.h"

#include <algorithm>
#include <cmath>

namespace wukong::sim {

Network::Solver::Solver(Engine& engine)
    : engine_(engine),
      solve_timer_(
          engine, [](void* self) { static_cast<Solver*>(self)->solve(); }, this),
      due_timer_(engine, [](void* self) { static_cast<Solver*>(self)->complete_due(); }, this) {}

// Transfers may outlive the network while a run is torn down; they must not come back to it.
Network::Solver::~Solver() {
  for (const Flow& flow : flows_)
    if (flow.transfer != nullptr) flow.transfer->state_ = Transfer::State::idle;
}

LinkId Network::Solver::add_link(const LinkSpec& spec) {
  ENSURE(spec.rate > Bandwidth(), spec.rate.count());
  LinkId id(links_.size());
  if (free_links_.empty()) {
    links_.emplace_back();
  } else {
    id = free_links_.back();
    free_links_.pop_back();
  }
  Link& made = links_[id.index()];
  ENSURE(!spec.burst || !spec.crowding_flows);
  made.delivered = 0;
  made.alive = true;
  made.rate = static_cast<double>(spec.rate.count());
  made.crowding_flows = spec.crowding_flows.value_or(0);
  if (spec.burst) add_burst(made, spec);
  share_.add_link(id, static_cast<double>((spec.burst ? spec.burst_rate : spec.rate).count()));
  return id;
}

void Network::Solver::remove_link(LinkId id) {
  Link& removed = link(id);
  ENSURE(removed.flows == 0 && "no transfer crosses a link that is removed", id.value());
  share_.remove_link(id);
  if (removed.burst) {
    free_bursts_.push_back(*removed.burst);
    removed.burst.reset();
  }
  removed.alive = false;
  link_agenda_.set(id.value(), std::nullopt);
  free_links_.push_back(id);
}

Network::Solver::Link& Network::Solver::link(LinkId id) {
  ENSURE(id.index() < links_.size() && links_[id.index()].alive, id.value());
  return links_[id.index()];
}

void Network::Solver::start(Transfer& transfer) {
  uint32_t number = static_cast<uint32_t>(flows_.size());
  if (free_flows_.empty()) {
    flows_.emplace_back();
  } else {
    number = free_flows_.back();
    free_flows_.pop_back();
  }
  flows_[number].transfer = &transfer;
  flows_[number].sequence = started_++;
  transfer.flow_ = number;
  const Route& route = transfer.route_;
  for (size_t i = 0; i < route.count; ++i) {
    Link& crossed = link(route.links[i]);
    if (crossed.flows == 0) refill_if_idle(route.links[i]);
    ++crossed.flows;
    crossed.flows_xor ^= number;
    adjust_to_crowd(route.links[i]);
  }
  // Who had a link for itself now shares it.
  for (size_t i = 0; i < route.count; ++i) {
    const Link& crossed = links_[route.links[i].index()];
    if (crossed.flows != 2) continue;
    const uint32_t other = crossed.flows_xor ^ number;
    place(other, unplace(other));
  }
  place(number, static_cast<double>(transfer.amount_.count()));
}

void Network::Solver::abandon(uint32_t number) { remove(number, delivered(flows_[number])); }

// Without regard to others, and to what it takes from a burst: a message is small.
Duration Network::Solver::send_message(Bytes amount, const Route& route, Bandwidth cap) {
  Bandwidth slowest = cap;
  for (size_t i = 0; i < route.count; ++i) {
    Link& crossed = link(route.links[i]);
    if (crossed.flows == 0) refill_if_idle(route.links[i]);
    crossed.delivered += amount.count();
    const auto capacity = static_cast<int64_t>(share_.capacity(route.links[i]));
    slowest = std::min(slowest, Bandwidth::bytes_per_second(capacity));
  }
  return transfer_time(amount, slowest);
}

// A burst must see its usage, and a crowd its size, so their links are never left out of a route.
bool Network::Solver::alone_on(LinkId id) const {
  const Link& crossed = links_[id.index()];
  return crossed.flows == 1 && !crossed.burst && crossed.crowding_flows == 0;
}

void Network::Solver::adjust_to_crowd(LinkId id) {
  const Link& crossed = links_[id.index()];
  if (crossed.crowding_flows == 0 || crossed.flows == 0) return;
  const double others = static_cast<double>(crossed.flows) - 1;
  share_.set_capacity(id, crossed.rate / (1 + others / crossed.crowding_flows));
}

void Network::Solver::place(uint32_t number, double remaining) {
  Flow& flow = flows_[number];
  std::array<LinkId, FairShare::kMostLinks> shared;
  size_t count = 0;
  auto cap = static_cast<double>(flow.transfer->cap_.count());
  for (size_t i = 0; i < route(flow).count; ++i) {
    const LinkId id = route(flow).links[i];
    if (alone_on(id))
      cap = std::min(cap, share_.capacity(id));
    else
      shared[count++] = id;
  }
  flow.bundle = share_.add_flow(std::span(shared.data(), count), cap);
  if (share_.flows(flow.bundle) == 1) begin(flow.bundle);
  flow.mark = served_lately(flow.bundle) + remaining;
  waiting_[flow.bundle.index()].push(
      {flow.mark, number}, [this](uint32_t moved, uint32_t to) { flows_[moved].position = to; });
  mark_stale(flow.bundle);
  mark_bursts_stale(share_.route(flow.bundle));
}

// Returns what is left of it.
double Network::Solver::unplace(uint32_t number) {
  const Flow& flow = flows_[number];
  const double left = flow.mark - served(paces_[flow.bundle.index()]);
  waiting_[flow.bundle.index()].erase(
      flow.position, [this](uint32_t moved, uint32_t to) { flows_[moved].position = to; });
  mark_stale(flow.bundle);
  mark_bursts_stale(share_.route(flow.bundle));
  share_.remove_flow(flow.bundle);
  return std::max(left, 0.0);
}

void Network::Solver::remove(uint32_t number, Bytes delivered) {
  unplace(number);
  Flow& flow = flows_[number];
  const Route& route = flow.transfer->route_;
  for (size_t i = 0; i < route.count; ++i) {
    Link& crossed = link(route.links[i]);
    ENSURE(crossed.flows > 0, route.links[i].value());
    crossed.delivered += delivered.count();
    crossed.flows_xor ^= number;
    --crossed.flows;
    adjust_to_crowd(route.links[i]);
  }
  flow.transfer->state_ = Transfer::State::idle;
  flow.transfer = nullptr;
  free_flows_.push_back(number);
}

// Whole bytes that have arrived by now.
Bytes Network::Solver::delivered(const Flow& flow) const {
  const double left = std::max(0.0, flow.mark - served(paces_[flow.bundle.index()]));
  const auto whole = static_cast<int64_t>(std::ceil(left - 1e-3));
  return flow.transfer->amount_ -
         Bytes(std::clamp<int64_t>(whole, 0, flow.transfer->amount_.count()));
}

Bytes Network::Solver::carried(LinkId id) const {
  const Link& counted = links_[id.index()];
  Bytes total(counted.delivered);
  if (counted.flows == 1) return total + delivered(flows_[counted.flows_xor]);
  for (const BundleId bundle : share_.bundles(id))
    for (const auto& entry : waiting_[bundle.index()].entries())
      total += delivered(flows_[entry.id]);
  return total;
}

double Network::Solver::rate_of(LinkId id) {
  solve();
  const Link& asked = link(id);
  if (asked.flows == 1) return share_.rate(flows_[asked.flows_xor].bundle);
  double sum = 0;
  for (const BundleId bundle : share_.bundles(id))
    sum += share_.rate(bundle) * share_.flows(bundle);
  return sum;
}

}  // namespace wukong::sim
