#include "sim/functions/keep_alive/policies.h"

#include "sim/base/check.h"
#include "sim/base/error.h"

namespace wukong::keep_alive {

std::unique_ptr<KeepAlivePolicy> make_policy(const WarmPoolSpec& spec,
                                             const FutureArrivals* future) {
  switch (spec.eviction) {
    case Eviction::fixed:
      return make_fixed(spec.keep_alive, spec.eviction_granularity);
    case Eviction::halving:
      return make_halving(spec.halving_interval);
    case Eviction::none:
      return make_none();
    case Eviction::hybrid_histogram:
      return make_hybrid_histogram(spec.hybrid_histogram);
    case Eviction::greedy_dual:
      return make_greedy_dual({});
    case Eviction::landlord:
      return make_greedy_dual({.frequency = false});
    case Eviction::frequency:
      return make_greedy_dual({.cost_per_memory = false, .clock = false});
    case Eviction::least_recently_used:
      return make_least_recently_used();
    case Eviction::oracle:
      break;
  }
  ENSURE(spec.eviction == Eviction::oracle);
  if (future == nullptr)
    throw Error(ErrorPlace{"", 0, "platform.functions.warm_pool.eviction"},
                "a policy that can do without the arrivals to come, which only a trace knows",
                "oracle");
  return make_oracle(spec.oracle, *future);
}

}  // namespace wukong::keep_alive
