// Each idle environment is gone a fixed time after its last execution: AWS as SimFaaS and STeLLAR
// saw it, and what most platforms do. Evictions happen at multiples of a granularity, counted from
// the start of the run, as if the service looked at all idle environments from time to time.
#include "sim/functions/keep_alive/policies.h"

namespace wukong::keep_alive {
namespace {

class Fixed final : public KeepAlivePolicy {
 public:
  Fixed(Duration keep_alive, Duration granularity)
      : keep_alive_(keep_alive), granularity_(granularity) {}

  Stay becomes_idle(FunctionId, Time now, size_t) override { return {.until = end(now)}; }

 private:
  Time end(Time since) const {
    const Time end = since + keep_alive_;
    if (granularity_ == Duration::zero()) return end;
    const Duration beyond = end.since_start() % granularity_;
    return beyond == Duration::zero() ? end : end + (granularity_ - beyond);
  }

  Duration keep_alive_;
  Duration granularity_;  // zero: to the nanosecond
};

}  // namespace

std::unique_ptr<KeepAlivePolicy> make_fixed(Duration keep_alive, Duration granularity) {
  return std::make_unique<Fixed>(keep_alive, granularity);
}

}  // namespace wukong::keep_alive
