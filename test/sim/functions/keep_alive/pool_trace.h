// Traces played against keep-alive policies: each function's invocations at given times, in warm
// pools with nothing around them.
#pragma once

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "sim/accounting/level_history.h"
#include "sim/base/random.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "sim/functions/keep_alive/future_arrivals.h"
#include "sim/functions/keep_alive/policies.h"
#include "sim/functions/warm_pool/pool_memory.h"
#include "sim/functions/warm_pool/warm_pool.h"
#include "test/catch.h"

namespace wukong::test {

struct TraceFunction {
  int64_t memory_mb = 100;
  Duration cold_start = Duration::seconds(1);
};

struct TraceInvocation {
  Duration time;
  size_t function = 0;
  Duration length = Duration::zero();
};

struct Told {
  Duration time;
  size_t function = 0;
  warm_pool::PoolEvent event = warm_pool::PoolEvent::time_over;
  bool operator==(const Told&) const = default;
};

class PoolTrace {
 public:
  // `trace` is in the order of time.
  PoolTrace(const keep_alive::WarmPoolSpec& spec, std::vector<TraceFunction> functions,
            std::vector<TraceInvocation> trace)
      : trace_(std::move(trace)),
        future_(arrivals(functions.size())),
        memory_(spec.memory_limit_mb) {
    policy_ = keep_alive::make_policy(spec, &future_);
    for (size_t i = 0; i < functions.size(); ++i) {
      policy_->add_function({functions[i].memory_mb, functions[i].cold_start});
      pools_.push_back(std::make_unique<warm_pool::WarmPool>(
          engine_, *policy_, memory_,
          warm_pool::WarmPool::Function{FunctionId(i), functions[i].memory_mb, spec.reuse},
          [this, i](warm_pool::PoolEvent event, warm_pool::PooledEnvironment*) {
            told.push_back({engine_.now().since_start(), i, event});
            existing_.change(engine_.now(), event == warm_pool::PoolEvent::prewarmed ? 1 : -1);
          }));
    }
    most_mb_ = spec.memory_limit_mb;
  }
  ~PoolTrace() { engine_.clear(); }

  // To `end`, or to what is due then.
  void play(Duration end) {
    engine_.spawn(arrive(), "arrivals");
    engine_.spawn(sleep(end + Duration::nanoseconds(1)), "clock");
    engine_.run();
  }

  size_t cold() const {
    return static_cast<size_t>(std::count(was_cold.begin(), was_cold.end(), 'c'));
  }
  double idle_s() const {
    const Time now = engine_.now();
    return static_cast<double>(existing_.integral(now) - running_.integral(now)) * 1e-9;
  }
  warm_pool::WarmPool& pool(size_t function) { return *pools_[function]; }

  std::string was_cold;  // of each invocation: c, w, or - if there was no memory
  std::vector<Told> told;

 private:
  keep_alive::KnownArrivals arrivals(size_t functions) const {
    std::vector<std::vector<Time>> times(functions);
    for (const TraceInvocation& one : trace_) times[one.function].push_back(Time::at(one.time));
    return keep_alive::KnownArrivals(std::move(times));
  }

  engine::Task<> sleep(Duration time) { co_await engine_.sleep(time); }

  engine::Task<> arrive() {
    for (const TraceInvocation& one : trace_) {
      co_await engine_.sleep_until(Time::at(one.time));
      start(one);
    }
  }

  void start(const TraceInvocation& one) {
    warm_pool::WarmPool& pool = *pools_[one.function];
    auto place = pool.take(random_);
    const bool cold = !place;
    if (cold && !pool.may_add()) {
      was_cold += '-';
      return;
    }
    was_cold += cold ? 'c' : 'w';
    if (cold) {
      place = pool.add();
      existing_.change(engine_.now(), 1);
    }
    if (place->environment == nullptr) pool.occupy(*place, environments_.emplace_back());
    // Place numbers change when the pool renumbers, so the environment is what is kept.
    warm_pool::PooledEnvironment& environment =
        place->environment != nullptr ? *place->environment : environments_.back();
    const bool is_free = std::find(busy_.begin(), busy_.end(), &environment) == busy_.end();
    REQUIRE(is_free);
    if (most_mb_) REQUIRE(memory_.used_mb() <= *most_mb_);
    if (one.length == Duration::zero()) return pool.give_back(environment);
    busy_.push_back(&environment);
    running_.change(engine_.now(), 1);
    engine_.spawn(finish(pool, environment, one.length), "execution");
  }

  engine::Task<> finish(warm_pool::WarmPool& pool, warm_pool::PooledEnvironment& environment,
                        Duration length) {
    co_await engine_.sleep(length);
    std::erase(busy_, &environment);
    running_.change(engine_.now(), -1);
    pool.give_back(environment);
  }

  engine::VirtualClock clock_;
  engine::Engine engine_{clock_};
  RandomStream random_{5, "reuse"};
  std::vector<TraceInvocation> trace_;
  keep_alive::KnownArrivals future_;
  warm_pool::PoolMemory memory_;
  std::optional<int64_t> most_mb_;
  std::unique_ptr<keep_alive::KeepAlivePolicy> policy_;
  std::vector<std::unique_ptr<warm_pool::WarmPool>> pools_;
  std::deque<warm_pool::PooledEnvironment> environments_;
  std::vector<warm_pool::PooledEnvironment*> busy_;
  accounting::LevelHistory existing_, running_;
};

}  // namespace wukong::test
