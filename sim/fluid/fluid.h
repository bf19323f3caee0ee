// The room of what is shared: resources that give an amount per second, and activities that each
// need an amount of one or a few of them. At every moment the rates are the max-min fair ones: no
// activity can go faster without slowing one that is not faster.
//
// Here are Pool, which holds resources and runs activities (this header), the units (amount.h),
// resources with bursts and crowding (resource.h, burst_allowance.h), the rates (fair_share.h), and
// the progress of activities at those rates (solver.h). Nothing here knows bytes, links or cores:
// the clients do, each with types of its own (sim/network, sim/hosts/cores.h), and
// so no client's unit, exemption or price may enter. It uses sim/base and sim/engine.
//
// Rates are exact and recomputed incrementally: a change touches only the activities that share a
// resource, directly or through others, with what changed; changes at one instant are solved
// together.
#pragma once

#include <coroutine>
#include <cstdint>
#include <memory>

#include "sim/engine/engine.h"
#include "sim/fluid/resource.h"

namespace wukong::fluid {

class Activity;
class FlowListener;

// What an activity needs.
struct Demand {
  Amount amount;
  ResourceList resources;
  // It is never faster than this.
  Rate cap = Rate::unlimited();
  // It begins then, if that is later than now: a wait before it costs no event of its own.
  Time start = Time::zero();
  // For an activity that is over before sharing could matter: it takes the time of the slowest
  // resource's rate alone, slows nobody, and takes nothing from a burst. Whether one is so small
  // only the client can say.
  bool unshared = false;
  // For the deadlock report, e.g. "a transfer"; a string literal.
  const char* what = "a share of a resource";
};

class Pool {
 public:
  explicit Pool(engine::Engine& engine);
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  // Activities may outlive it while a run is torn down; they must not be awaited any more.
  ~Pool();

  ResourceId add(const ResourceSpec& spec);
  // Its id is used again. REQUIRES: no activity uses the resource.
  void remove(ResourceId resource);

  // co_await pool.use(demand): until the whole amount is through. Destroying the awaiting coroutine
  // ends the activity.
  Activity use(const Demand& demand);

  // Hears of all resources and activities from now on; null: nobody does. Outlives both.
  void watch(FlowListener* listener);

  // For reports and tests.
  size_t active() const;                      // activities that share; not those that wait to begin
  Amount given(ResourceId resource) const;    // so far; to an unshared activity at its start
  double rate_of(ResourceId resource) const;  // that it gives now, per second

 private:
  friend class Activity;
  class Solver;
  engine::Engine& engine_;
  std::unique_ptr<Solver> solver_;
  FlowListener* listener_ = nullptr;
};

// One under way; lies in the frame of the coroutine that awaits it.
class Activity : public engine::Waiter {
 public:
  Activity(Pool& pool, const Demand& demand);
  Activity(const Activity&) = delete;
  Activity& operator=(const Activity&) = delete;
  ~Activity();

  bool await_ready() const noexcept { return amount_ == Amount(0) && start_ <= engine_.now(); }
  void await_suspend(std::coroutine_handle<> handle);
  void await_resume() const noexcept {}

 private:
  friend class Pool::Solver;
  enum class State : uint8_t { idle, before_start, unshared, sharing };
  void begin();
  void tell_asked();
  void tell_end(bool through);

  engine::Engine& engine_;
  Pool::Solver* solver_;
  FlowListener* listener_;
  Amount amount_;
  Rate cap_;
  ResourceList resources_;
  Time start_;
  bool unshared_;
  State state_ = State::idle;
  uint32_t number_ = 0;        // among those that share
  uint32_t flow_ = 0;          // the listener's number for it
  engine::EventHandle event_;  // its beginning, or an unshared one's end
};

inline Activity Pool::use(const Demand& demand) { return Activity(*this, demand); }

}  // namespace wukong::fluid
