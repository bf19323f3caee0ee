// Every keep-alive policy; each is a file of its own.
#pragma once

#include <memory>

#include "sim/functions/keep_alive/keep_alive_policy.h"
#include "sim/functions/keep_alive/warm_pool_spec.h"

namespace wukong::keep_alive {

class FutureArrivals;

// The one that `spec` names. `future` is for the oracle, and outlives it; null: nobody knows it,
// and then an oracle is an Error.
std::unique_ptr<KeepAlivePolicy> make_policy(const WarmPoolSpec& spec,
                                             const FutureArrivals* future);

std::unique_ptr<KeepAlivePolicy> make_fixed(Duration keep_alive, Duration granularity);
std::unique_ptr<KeepAlivePolicy> make_halving(Duration interval);
std::unique_ptr<KeepAlivePolicy> make_none();
std::unique_ptr<KeepAlivePolicy> make_hybrid_histogram(const HybridHistogramSpec& spec);
std::unique_ptr<KeepAlivePolicy> make_least_recently_used();
std::unique_ptr<KeepAlivePolicy> make_oracle(const OracleSpec& spec, const FutureArrivals& future);

// What a priority is made of: clock + (frequency, or 1) x (cold start / memory, or 1).
struct GreedyDualTerms {
  bool frequency = true;
  bool cost_per_memory = true;
  bool clock = true;
};
std::unique_ptr<KeepAlivePolicy> make_greedy_dual(const GreedyDualTerms& terms);

}  // namespace wukong::keep_alive
