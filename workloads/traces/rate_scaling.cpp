#include "workloads/traces/rate_scaling.h"

#include <functional>

#include "sim/base/check.h"

namespace wukong::traces {

RateScaledSource::RateScaledSource(std::unique_ptr<InvocationSource> source,
                                   const RateScaling& scaling, uint64_t seed)
    : source_(std::move(source)), scaling_(scaling), random_(seed, "traces.rate") {
  ENSURE(scaling.rate > 0 && scaling.copy_spread > Duration::zero(), scaling.rate);
  has_ahead_ = source_->next(ahead_);
}

// Beside the invocation itself: rate - 1 copies on average.
void RateScaledSource::copy(const Invocation& invocation) {
  double more = scaling_.rate - 1;
  while (more >= 1 || (more > 0 && random_.chance(more))) {
    Copy copy{invocation, copied_++};
    const auto spread = static_cast<uint64_t>(scaling_.copy_spread.count_ns());
    copy.invocation.arrival += Duration::nanoseconds(static_cast<int64_t>(random_.below(spread)));
    copies_.push(copy);
    more -= 1;
  }
}

bool RateScaledSource::next(Invocation& invocation) {
  while (has_ahead_ || !copies_.empty()) {
    const bool from_source =
        has_ahead_ && (copies_.empty() || ahead_.arrival <= copies_.top().invocation.arrival);
    if (from_source) {
      invocation = ahead_;
      has_ahead_ = source_->next(ahead_);
      if (scaling_.rate < 1 && !random_.chance(scaling_.rate)) continue;
      copy(invocation);
      return true;
    }
    invocation = copies_.top().invocation;
    copies_.pop();
    if (invocation.arrival < scaling_.end) return true;
  }
  return false;
}

}  // namespace wukong::traces
