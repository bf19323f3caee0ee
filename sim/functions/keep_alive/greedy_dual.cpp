// FaasCache (Fuerst and Sharma, ASPLOS'21): greedy-dual-size-frequency caching of environments.
// priority = clock + frequency x cold start / memory, as of its last use; the smallest goes first,
// and the clock moves on to its priority. A function's frequency counts its invocations since it
// last had no environment. Without a memory limit nothing ever goes.
//
// Landlord (Young, SODA'98) charges each environment rent by its memory, all at one rate, until one
// has no credit left; to add the rent to the clock instead of taking it from everybody is the same,
// and so it is greedy-dual without frequency. "Frequency" is the plain count.
#include <vector>

#include "sim/functions/keep_alive/policies.h"

namespace wukong::keep_alive {
namespace {

class GreedyDual final : public KeepAlivePolicy {
 public:
  explicit GreedyDual(const GreedyDualTerms& terms) : terms_(terms) {}

  void add_function(const FunctionFacts& facts) override {
    const double cost = facts.cold_start.to_seconds() / static_cast<double>(facts.memory_mb);
    functions_.push_back({.value = terms_.cost_per_memory ? cost : 1});
  }
  void arrives(FunctionId function, Time, const Population& before) override {
    double& frequency = functions_[function.index()].frequency;
    frequency = before.environments == 0 ? 1 : frequency + 1;
  }
  Stay becomes_idle(FunctionId function, Time, size_t) override {
    const Function& its = functions_[function.index()];
    const double frequency = terms_.frequency ? its.frequency : 1;
    return {.until = Time::max(), .priority = clock_ + frequency * its.value};
  }
  void evicted_for_memory(double priority) override {
    if (terms_.clock) clock_ = priority;
  }

 private:
  struct Function {
    double value = 0;  // of being warm once
    double frequency = 0;
  };

  GreedyDualTerms terms_;
  double clock_ = 0;
  std::vector<Function> functions_;
};

}  // namespace

std::unique_ptr<KeepAlivePolicy> make_greedy_dual(const GreedyDualTerms& terms) {
  return std::make_unique<GreedyDual>(terms);
}

}  // namespace wukong::keep_alive
