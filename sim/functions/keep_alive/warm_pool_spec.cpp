#include "sim/functions/keep_alive/warm_pool_spec.h"

#include "sim/base/fields.h"

namespace wukong::keep_alive {
namespace {

// A time that something is divided by, or that repeats: at least one nanosecond.
constexpr Bounds kRepeated{1e-9, 1e9};
constexpr Bounds kPercentile{0, 100};

}  // namespace

void HybridHistogramSpec::visit(FieldVisitor& v) {
  v.duration("bin_s", bin, Bounds{1e-3, 86'400});
  v.field("bins", bins, Bounds{1, 10'000, "each function has as many counts"});
  v.field("head_percentile", head_percentile, kPercentile);
  v.field("tail_percentile", tail_percentile, kPercentile);
  v.field("margin", margin, kFraction);
  v.field("least_variation", least_variation, Bounds{0, 100});
  v.field("forecast_margin", forecast_margin, kFraction);
  v.field("prewarms", prewarms);
}

void OracleSpec::visit(FieldVisitor& v) {
  v.optional("keep_longest_s", keep_longest,
             [&v](Duration& longest) { v.duration("keep_longest_s", longest); });
}

void WarmPoolSpec::visit(FieldVisitor& v) {
  v.choice("eviction", eviction, kEvictionNames);
  v.duration("keep_alive_s", keep_alive);
  v.duration("eviction_granularity_s", eviction_granularity);
  v.duration("halving_interval_s", halving_interval, kRepeated);
  v.choice("reuse", reuse, kReuseOrderNames);
  v.field("prewarmed", prewarmed,
          Bounds{0, 100'000, "each environment that waits takes memory and its eviction time"});
  v.optional("memory_limit_mb", memory_limit_mb,
             [&v](int64_t& limit) { v.field("memory_limit_mb", limit, kCount); });
  v.group("hybrid_histogram", hybrid_histogram);
  v.group("oracle", oracle);
}

}  // namespace wukong::keep_alive
