// The progress of activities: their amounts, on the rates that FairShare finds.
//
// The activities of a bundle run at one rate, so progress is kept per bundle: `served` is what each
// of them has got since the bundle began, and one is through when `served` has reached its mark. A
// change of rate therefore costs the same for one activity as for ten thousand. What is due next is
// kept per resource, for the bundles that it holds back, and per bundle for those at their cap.
// All bundles that a uniform resource holds back follow one progress, its *lead*.
//
// A resource that only one activity uses is like a cap of that activity and is left out of what
// FairShare knows of it, so that functions with network interfaces of their own still share
// bundles.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sim/engine/engine.h"
#include "sim/engine/timer.h"
#include "sim/fluid/agenda.h"
#include "sim/fluid/burst_allowance.h"
#include "sim/fluid/fair_share.h"
#include "sim/fluid/fluid.h"
#include "sim/fluid/indexed_heap.h"

namespace wukong::fluid {

class Pool::Solver {
 public:
  explicit Solver(engine::Engine& engine);
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;
  ~Solver();

  ResourceId add_resource(const ResourceSpec& spec);
  void remove_resource(ResourceId id);

  void start(Activity& activity);
  void abandon(uint32_t number);
  // Counts it, and says how long it takes.
  Duration pass_unshared(Amount amount, const ResourceList& used, Rate cap);

  size_t active() const { return sharers_.size() - free_sharers_.size(); }
  Amount given(ResourceId id) const;
  double rate_of(ResourceId id);

 private:
  // An activity that shares.
  struct Sharer {
    Activity* activity = nullptr;
    double mark = 0;
    uint64_t sequence = 0;  // of starts
    BundleId bundle;
    uint32_t position = 0;  // in the bundle's heap
  };

  // Of a bundle of FairShare.
  struct Pace {
    double served = 0;  // at `since`; with a lead: what it is ahead of it
    double rate = 0;
    double first_mark = 0;
    Time since;
    std::optional<uint32_t> lead;  // which one it follows
    uint32_t position = 0;         // in the lead's heap
    bool at_cap = false;           // on the agenda by itself
    bool stale = false;            // when it is due must be found anew
  };

  // Of the bundles that a uniform resource holds back.
  struct Lead {
    double served = 0;  // at `since`
    double rate = 0;
    Time since;
    ResourceId resource;
    IndexedHeap<double> waiting;  // bundles, by what is served when their first activity is through
  };

  struct BurstState {
    BurstAllowance allowance;
    Rate base_rate;
    Rate burst_rate;
    Time since;        // when the allowance was last brought up to date
    double usage = 0;  // from then on
    bool bursting = true;
  };

  struct Resource {
    Amount given;  // to activities that have ended
    uint32_t users = 0;
    uint32_t users_xor = 0;  // of their numbers: of a single one, its number
    std::optional<uint32_t> burst;
    std::optional<uint32_t> lead;
    double rate = 0;
    std::optional<Crowding> crowding;
    bool alive = false;
    bool stale = false;
  };

  struct Finished {
    uint64_t sequence;
    Activity* activity;
    bool operator<(const Finished& other) const { return sequence < other.sequence; }
  };

  Resource& resource_at(ResourceId id);

  // Activities (solver.cpp).
  bool alone_on(ResourceId id) const;
  void adjust_to_crowd(ResourceId id);
  void place(uint32_t number, double remaining);
  double unplace(uint32_t number);
  void remove(uint32_t number, Amount given);
  Amount given_to(const Sharer& sharer) const;

  // Progress of bundles (progress.cpp).
  // An activity counts as through when less than this is missing: at most a hundredth of a unit and
  // what it gets in a thousandth of a nanosecond, far above the rounding errors of sums.
  static double negligible(double rate);
  double served(const Pace& pace) const;
  double rate(const Pace& pace) const;
  double served_lately(BundleId bundle);
  double remaining(BundleId bundle) const;
  void begin(BundleId bundle);
  void change_rate(BundleId bundle, double rate);
  void rebase(BundleId bundle);
  std::optional<Time> due_at(double amount, double rate) const;

  // Bundles that follow a lead (lead.cpp).
  double served(const Lead& lead) const;
  void follow_leads();
  void make_lead(ResourceId id);
  void free_lead(ResourceId id);
  void change_lead(ResourceId id);
  void renew(Lead& lead);
  void follow(BundleId bundle, uint32_t number);
  void leave_lead(BundleId bundle);
  void update_in_lead(BundleId bundle);
  void complete_on(const Lead& lead);

  // What is due (progress.cpp).
  void request_solve();
  void solve();
  void mark_stale(ResourceId id);
  void mark_stale(BundleId id);
  void mark_bursts_stale(std::span<const ResourceId> used);
  void reschedule(ResourceId id);
  void reschedule(BundleId id);
  std::optional<Time> first_through_on(ResourceId id) const;
  void arm();
  void complete_due();
  void complete_on(ResourceId id);
  double through(BundleId id) const;
  void complete(BundleId id, double through);
  void wake_finished();

  // Bursts (burst.cpp).
  void add_burst(Resource& resource, const ResourceSpec& spec);
  void refill_if_idle(ResourceId id);
  void update_burst(ResourceId id, double usage);
  std::optional<Time> burst_end(ResourceId id) const;
  void end_burst_if_empty(ResourceId id);

  engine::Engine& engine_;
  FairShare rates_;
  std::vector<Resource> resources_;
  std::vector<ResourceId> free_resources_;
  std::vector<Sharer> sharers_;
  std::vector<uint32_t> free_sharers_;
  std::vector<Pace> paces_;                   // by bundle
  std::vector<IndexedHeap<double>> waiting_;  // by bundle: its activities by their marks
  std::vector<Lead> leads_;
  std::vector<uint32_t> free_leads_;
  std::vector<BurstState> bursts_;
  std::vector<uint32_t> free_bursts_;
  uint64_t started_ = 0;

  Agenda resource_agenda_;
  Agenda bundle_agenda_;
  std::vector<ResourceId> stale_resources_;
  std::vector<BundleId> stale_bundles_;
  std::vector<BundleId> due_bundles_;
  std::vector<Finished> finished_;
  engine::Timer solve_timer_;  // at the end of an instant in which something changed
  engine::Timer due_timer_;
};

}  // namespace wukong::fluid
