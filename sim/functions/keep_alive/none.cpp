// Nothing is kept: every start is cold. The lower bound of memory.
#include "sim/functions/keep_alive/policies.h"

namespace wukong::keep_alive {
namespace {

class None final : public KeepAlivePolicy {
 public:
  Stay becomes_idle(FunctionId, Time, size_t) override { return {}; }
};

}  // namespace

std::unique_ptr<KeepAlivePolicy> make_none() { return std::make_unique<None>(); }

}  // namespace wukong::keep_alive
