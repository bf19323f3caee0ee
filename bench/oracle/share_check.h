// The transfers and whatever else shares a resource: at each instant the max-min rates of all flows
// are found from scratch (bench/max_min), with caps, bursts and crowding, and added up, flow by
// flow. One that ends has to have got its amount by then, and none may go on that has.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "bench/invariants/broken_invariants.h"
#include "bench/oracle/record.h"

namespace wukong::oracle {

class ShareCheck {
 public:
  explicit ShareCheck(invariants::BrokenInvariants& broken) : broken_(broken) {}

  void on(Time time, const ResourceAdded& added);
  void on(Time time, const ResourceRemoved& removed);
  void on(Time time, const FlowAsked& asked);
  void on(Time time, const FlowBegan& began);
  void on(Time time, const FlowEnded& ended);
  template <class Other>
  void on(Time, const Other&) {}

 private:
  // From there on nothing is checked: some seconds of work.
  static constexpr size_t kMostWork = 30'000'000;

  struct Resource {
    fluid::ResourceSpec spec;
    size_t users = 0;
    double usage = 0;
    // Of a burst: what is left of it, and whether the resource is as fast as that.
    double left = 0;
    bool bursting = false;
    bool doubtful = false;  // whether anything is left of it depends on how times are rounded
    Time idle_since;
  };
  struct Flow {
    fluid::Demand demand;
    Time asked;
    std::optional<Time> due;  // of one that is unshared
    // The rate of a crowded resource is a quotient, which may be a unit less if rounded otherwise.
    int64_t doubt_ns = 1;
    bool begun = false;
    double missing = 0;
    double rate = 0;
    double fastest = 0;
  };

  double capacity(const Resource& resource) const;
  void end_idleness(Resource& resource, Time now);
  void pass_to(Time time);
  void solve();
  double pass(double seconds);
  void change_users(const Flow& flow, Time now, int by);
  double tolerance(const Flow& flow) const;
  void check_end(Time time, uint32_t number, const Flow& flow);

  invariants::BrokenInvariants& broken_;
  std::map<uint32_t, Resource> resources_;
  std::set<uint32_t> used_;  // resources
  std::map<uint32_t, Flow> flows_;
  Time now_;
  bool changed_ = false;
  size_t work_ = 0;
};

}  // namespace wukong::oracle
