// "Serverless in the Wild" (Shahrad et al., ATC'20): how long a function was idle before each of
// its invocations, in a histogram of minutes, says when the next one comes. What is idle is
// unloaded, made again shortly before the histogram's head, and kept until its tail; if the head
// is in the first bin it is not unloaded. A histogram that is too flat says nothing, and then
// everything is kept for its whole range. If most idle times are out of range, the next one is
// forecast instead. As the paper does it for an application, this does it for a function.
#include <vector>

#include "sim/functions/keep_alive/idle_forecast.h"
#include "sim/functions/keep_alive/idle_histogram.h"
#include "sim/functions/keep_alive/policies.h"

namespace wukong::keep_alive {
namespace {

HistogramShape shape_of(const HybridHistogramSpec& spec) {
  return {.bin = spec.bin,
          .bins = static_cast<size_t>(spec.bins),
          .head_percentile = spec.head_percentile,
          .tail_percentile = spec.tail_percentile};
}

class HybridHistogram final : public KeepAlivePolicy {
 public:
  explicit HybridHistogram(const HybridHistogramSpec& spec) : spec_(spec) {}

  void add_function(const FunctionFacts&) override { functions_.emplace_back(shape_of(spec_)); }

  void arrives(FunctionId id, Time now, const Population& before) override {
    Function& function = functions_[id.index()];
    // One that arrives while another one runs ends no idle time.
    if (function.has_arrived && before.environments == before.idle) {
      const Duration idle_time = now - function.idle_since;
      function.histogram.add(idle_time);
      function.forecast.add(idle_time);
    }
    function.has_arrived = true;
  }

  Stay becomes_idle(FunctionId id, Time now, size_t) override {
    Function& function = functions_[id.index()];
    function.idle_since = now;
    const IdleHistogram& histogram = function.histogram;
    const uint64_t inside = histogram.inside();
    if (histogram.out_of_range() > inside) {
      const Duration next = function.forecast.next();
      return window(now, scaled(next, 1 - spec_.forecast_margin),
                    scaled(next, 1 + spec_.forecast_margin));
    }
    if (inside == 0 || histogram.variation() < spec_.least_variation)
      return {.until = now + histogram.range()};
    return window(now, scaled(histogram.head(), 1 - spec_.margin),
                  scaled(histogram.tail(), 1 + spec_.margin));
  }

 private:
  struct Function {
    explicit Function(const HistogramShape& shape) : histogram(shape) {}

    IdleHistogram histogram;
    IdleForecast forecast;
    Time idle_since;
    bool has_arrived = false;
  };

  Stay window(Time now, Duration from, Duration until) const {
    if (!spec_.prewarms || from == Duration::zero()) return {.until = now + until};
    return {.prewarming = Prewarming{.at = now + from, .until = now + until}};
  }

  HybridHistogramSpec spec_;
  std::vector<Function> functions_;
};

}  // namespace

std::unique_ptr<KeepAlivePolicy> make_hybrid_histogram(const HybridHistogramSpec& spec) {
  return std::make_unique<HybridHistogram>(spec);
}

}  // namespace wukong::keep_alive
