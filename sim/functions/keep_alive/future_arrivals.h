// The arrivals to come, for a policy that is a bound and not a policy: nobody has them but whoever
// replays a trace.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "sim/base/ids.h"
#include "sim/base/time.h"

namespace wukong::keep_alive {

class FutureArrivals {
 public:
  virtual ~FutureArrivals() = default;

  // When the n-th invocation of the function from now on arrives at the service; nothing: there are
  // fewer. REQUIRES: n > 0.
  virtual std::optional<Time> arrival(FunctionId function, Time now, size_t n) const = 0;
};

// All arrivals of a trace that fits into memory: eight bytes each.
class KnownArrivals final : public FutureArrivals {
 public:
  // `by_function`: of each function, in ascending order.
  explicit KnownArrivals(std::vector<std::vector<Time>> by_function)
      : by_function_(std::move(by_function)) {}

  std::optional<Time> arrival(FunctionId function, Time now, size_t n) const override {
    if (function.index() >= by_function_.size()) return std::nullopt;
    const std::vector<Time>& times = by_function_[function.index()];
    const auto later = std::upper_bound(times.begin(), times.end(), now);
    if (static_cast<size_t>(times.end() - later) < n) return std::nullopt;
    return *(later + static_cast<std::ptrdiff_t>(n - 1));
  }

 private:
  std::vector<std::vector<Time>> by_function_;
};

}  // namespace wukong::keep_alive
