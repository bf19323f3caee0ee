// The parameters of warm pools and of the policies that keep them. Values, units and sources are in
// configs/presets.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/base/time.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::keep_alive {

enum class Eviction {
  fixed,
  halving,
  none,
  hybrid_histogram,
  greedy_dual,
  landlord,
  frequency,
  least_recently_used,
  oracle
};
constexpr std::string_view kEvictionNames[] = {
    "fixed",       "halving",  "none",      "hybrid_histogram",
    "greedy_dual", "landlord", "frequency", "least_recently_used",
    "oracle"};
enum class ReuseOrder { newest, oldest, random };
constexpr std::string_view kReuseOrderNames[] = {"newest", "oldest", "random"};

// Shahrad et al., ATC'20: a histogram of a function's idle times says when it is next invoked.
struct HybridHistogramSpec {
  Duration bin = Duration::seconds(60);
  int64_t bins = 240;  // longer idle times are out of range
  double head_percentile = 5;
  double tail_percentile = 99;
  double margin = 0.1;         // of both, to be early and to be late
  double least_variation = 2;  // of the bins' counts (deviation / mean), for them to say anything
  // If most idle times are out of range, the next one is forecast, and this is its margin.
  double forecast_margin = 0.15;
  bool prewarms = true;  // else it keeps what it would unload and make again

  void visit(FieldVisitor& v);
};

// Knows all arrivals to come.
struct OracleSpec {
  std::optional<Duration> keep_longest;  // what is not needed before is gone at once

  void visit(FieldVisitor& v);
};

struct WarmPoolSpec {
  Eviction eviction = Eviction::fixed;
  Duration keep_alive;        // fixed: idle time after which an environment may be evicted
  Duration halving_interval;  // halving: idle time after which every other one is, again and again
  ReuseOrder reuse = ReuseOrder::newest;  // by time of creation
  int64_t prewarmed = 0;                  // for functions that do not say
  // fixed: the service looks for such environments so often; zero: it evicts them at once.
  Duration eviction_granularity = Duration::zero();
  // Of all environments of all functions, busy ones too. Absent: as much as is asked for.
  std::optional<int64_t> memory_limit_mb;
  HybridHistogramSpec hybrid_histogram;
  OracleSpec oracle;

  void visit(FieldVisitor& v);
};

}  // namespace wukong::keep_alive
