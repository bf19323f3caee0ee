// Each time an interval of idleness is over, every other environment of a function is gone: warm =
// warm at first x 2^-floor(idle / 380 s), as SeBS (Middleware'21, 6.5) measured on AWS.
#include <utility>
#include <vector>

#include "sim/functions/keep_alive/policies.h"

namespace wukong::keep_alive {
namespace {

class Halving final : public KeepAlivePolicy {
 public:
  explicit Halving(Duration interval) : interval_(interval) {}

  void add_function(const FunctionFacts&) override { spare_next_.push_back(false); }
  Stay becomes_idle(FunctionId, Time now, size_t) override { return {.until = now + interval_}; }
  std::optional<Time> time_is_over(FunctionId function, Time now) override {
    const bool spare = spare_next_[function.index()];
    spare_next_[function.index()] = !spare;
    return spare ? std::optional(now + interval_) : std::nullopt;
  }

 private:
  Duration interval_;
  std::vector<bool> spare_next_;  // by function
};

}  // namespace

std::unique_ptr<KeepAlivePolicy> make_halving(Duration interval) {
  return std::make_unique<Halving>(interval);
}

}  // namespace wukong::keep_alive
