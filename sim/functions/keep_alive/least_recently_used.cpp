// Everything is kept until memory is short; then what has been idle longest goes. Without a memory
// limit nothing ever goes.
#include "sim/functions/keep_alive/policies.h"

namespace wukong::keep_alive {
namespace {

class LeastRecentlyUsed final : public KeepAlivePolicy {
 public:
  // All priorities are the same, and of those the longest idle one is first.
  Stay becomes_idle(FunctionId, Time, size_t) override { return {.until = Time::max()}; }
};

}  // namespace

std::unique_ptr<KeepAlivePolicy> make_least_recently_used() {
  return std::make_unique<LeastRecentlyUsed>();
}

}  // namespace wukong::keep_alive
