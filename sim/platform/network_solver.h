// What moves over a Network: flows with amounts, on the rates that FairShare finds.
//
// The flows of a bundle run at one rate, so progress is kept per bundle: `served` is what each of
// its flows has got since the bundle began, and a flow is through when `served` has reached its
// mark. A change of rate therefore costs the same for one flow as for ten thousand. What is due
// next is kept per link, for the bundles that it holds back, and per bundle for those at their cap.
//
// A link that only one flow crosses is like a cap of that flow and is left out of its route, so
// that functions with network interfaces of their own still share bundles.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sim/engine/engine.h"
#include "sim/platform/agenda.h"
#include "sim/platform/burst_allowance.h"
#include "sim/platform/fair_share.h"
#include "sim/platform/indexed_heap.h"
#include "sim/platform/network.h"

namespace wukong::sim {

class Network::Solver {
 public:
  explicit Solver(Engine& engine);
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;
  ~Solver();

  LinkId add_link(const LinkSpec& spec);
  void remove_link(LinkId link);

  void start(Transfer& transfer);
  void abandon(uint32_t flow);
  // Counts it, and says how long it takes.
  Duration send_message(Bytes amount, const Route& route, Bandwidth cap);

  size_t active_flows() const { return flows_.size() - free_flows_.size(); }
  Bytes carried(LinkId link) const;
  double rate_of(LinkId link);

 private:
  struct Flow {
    Transfer* transfer = nullptr;
    double mark = 0;
    uint64_t sequence = 0;  // of starts
    BundleId bundle;
    uint32_t position = 0;  // in the bundle's heap
  };

  // Of a bundle of FairShare.
  struct Pace {
    double served = 0;  // bytes, at `since`
    double rate = 0;
    double first_mark = 0;
    Time since;
    bool at_cap = false;  // on the agenda by itself
    bool stale = false;   // when it is due must be found anew
  };

  struct Burst {
    BurstAllowance allowance;
    Bandwidth rate;
    Bandwidth burst_rate;
    Time since;        // when the allowance was last brought up to date
    double usage = 0;  // from then on
    bool bursting = true;
  };

  struct Link {
    int64_t delivered = 0;
    uint32_t flows = 0;
    uint32_t flows_xor = 0;  // of their numbers: of a single flow, which it is
    std::optional<uint32_t> burst;
    double rate = 0;
    double crowding_flows = 0;  // 0: flows do not hinder each other
    bool alive = false;
    bool stale = false;
  };

  struct Finished {
    uint64_t sequence;
    Transfer* transfer;
    bool operator<(const Finished& other) const { return sequence < other.sequence; }
  };

  const Route& route(const Flow& flow) const { return flow.transfer->route_; }
  Link& link(LinkId id);

  // Flows (network_solver.cpp).
  bool alone_on(LinkId id) const;
  void adjust_to_crowd(LinkId id);
  void place(uint32_t number, double remaining);
  double unplace(uint32_t number);
  void remove(uint32_t number, Bytes delivered);
  Bytes delivered(const Flow& flow) const;

  // Progress of bundles (network_progress.cpp).
  double served(const Pace& pace) const;
  double served_lately(BundleId bundle);
  double remaining(BundleId bundle) const;
  void begin(BundleId bundle);
  void change_rate(BundleId bundle, double rate);
  void rebase(BundleId bundle);
  std::optional<Time> due_at(double bytes, double rate) const;

  // What is due (network_progress.cpp).
  void request_solve();
  void solve();
  void mark_stale(LinkId id);
  void mark_stale(BundleId id);
  void mark_bursts_stale(std::span<const LinkId> route);
  void reschedule(LinkId id);
  void reschedule(BundleId id);
  void arm();
  void complete_due();
  void complete_on(LinkId id);
  void complete(BundleId id);
  void wake_finished();

  // Bursts (network_burst.cpp).
  void add_burst(Link& link, const LinkSpec& spec);
  void refill_if_idle(LinkId id);
  void update_burst(LinkId id, double usage);
  std::optional<Time> burst_end(LinkId id) const;
  void end_burst_if_empty(LinkId id);

  Engine& engine_;
  FairShare share_;
  std::vector<Link> links_;
  std::vector<LinkId> free_links_;
  std::vector<Flow> flows_;
  std::vector<uint32_t> free_flows_;
  std::vector<Pace> paces_;                   // by bundle
  std::vector<IndexedHeap<double>> waiting_;  // by bundle: its flows by their marks
  std::vector<Burst> bursts_;
  std::vector<uint32_t> free_bursts_;
  uint64_t started_ = 0;

  Agenda link_agenda_;
  Agenda bundle_agenda_;
  std::vector<LinkId> stale_links_;
  std::vector<BundleId> stale_bundles_;
  std::vector<BundleId> due_bundles_;
  std::vector<Finished> finished_;
  Timer solve_timer_;  // at the end of an instant in which something changed
  Timer due_timer_;
};

}  // namespace wukong::sim
