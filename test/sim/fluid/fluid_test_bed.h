// For tests of sharing: an engine with a pool, and activities that note when they end.
#pragma once

#include <initializer_list>
#include <optional>

#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "sim/fluid/fluid.h"

namespace wukong::fluid {

constexpr Rate kNoCap = Rate::unlimited();

inline Rate rate(int64_t per_second) { return Rate::per_second(per_second); }

inline ResourceList over(std::initializer_list<ResourceId> resources) {
  ResourceList used;
  for (const ResourceId resource : resources) used.add(resource);
  return used;
}

inline Demand demand(int64_t amount, std::initializer_list<ResourceId> resources,
                     bool unshared = false) {
  return {.amount = Amount(amount), .resources = over(resources), .unshared = unshared};
}

struct PoolTestBed {
  engine::VirtualClock clock;
  engine::Engine engine{clock};
  Pool pool{engine};

  ~PoolTestBed() { engine.clear(); }

  ResourceId resource(int64_t per_second) { return pool.add({.rate = rate(per_second)}); }
  ResourceId bucket(int64_t base, int64_t burst, int64_t burst_rate) {
    return pool.add({.rate = rate(base), .burst = Burst{Amount(burst), rate(burst_rate)}});
  }
  engine::Process& start(Duration begin, int64_t amount, const ResourceList& used,
                         std::optional<Time>& end, Rate cap = kNoCap) {
    const Demand needed{.amount = Amount(amount), .resources = used, .cap = cap};
    return engine.spawn(body(begin, needed, end), "user");
  }
  engine::Task<> body(Duration begin, Demand needed, std::optional<Time>& end) {
    co_await engine.sleep(begin);
    co_await pool.use(needed);
    end = engine.now();
  }
  void run() { engine.run(); }
};

inline Time at(Duration since_start) { return Time::at(since_start); }

}  // namespace wukong::fluid
