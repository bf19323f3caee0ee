// What could be reached by keeping or dropping if all arrivals to come were known: a bound.
//
// An idle environment is kept if it is needed within `keep_longest`, else it is gone at once. With
// one invocation of a function at a time nothing that only keeps or drops has less of (cold starts
// + idle time / keep_longest): each gap costs the smaller of the two. When memory is short, what is
// needed last goes first (Belady 1966): with environments of one size, and executions that take no
// time, nothing that only keeps or drops has fewer cold starts. Where invocations of one function
// overlap, the n-th idle environment is taken to be needed by the n-th arrival, as if none came
// back before; then, and with different sizes, it is a good policy and no bound.
//
// Nothing is made ahead of its arrival: whoever knows it could always do that just in time, and
// would have neither cold starts nor idle memory.
#include <limits>

#include "sim/functions/keep_alive/future_arrivals.h"
#include "sim/functions/keep_alive/policies.h"

namespace wukong::keep_alive {
namespace {

class Oracle final : public KeepAlivePolicy {
 public:
  Oracle(const OracleSpec& spec, const FutureArrivals& future) : spec_(spec), future_(future) {}

  Stay becomes_idle(FunctionId function, Time now, size_t now_idle) override {
    const std::optional<Time> needed = future_.arrival(function, now, now_idle);
    if (!needed || (spec_.keep_longest && *needed - now > *spec_.keep_longest)) return {};
    return {.until = Time::max()};
  }
  double priority(FunctionId function, Time now, size_t now_idle, double) const override {
    const std::optional<Time> needed = future_.arrival(function, now, now_idle);
    return needed ? -needed->to_seconds() : -std::numeric_limits<double>::infinity();
  }

 private:
  OracleSpec spec_;
  const FutureArrivals& future_;
};

}  // namespace

std::unique_ptr<KeepAlivePolicy> make_oracle(const OracleSpec& spec, const FutureArrivals& future) {
  return std::make_unique<Oracle>(spec, future);
}

}  // namespace wukong::keep_alive
