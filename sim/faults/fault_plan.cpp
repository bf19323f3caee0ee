#include "sim/faults/fault_plan.h"

#include <algorithm>

namespace wukong::faults {
namespace {

size_t index_of(FaultKind kind) { return static_cast<size_t>(kind); }

}  // namespace

FaultPlan::FaultPlan(const engine::Engine& engine, const FaultSpec& spec, uint64_t seed)
    : engine_(engine), spec_(spec), seed_(seed) {
  for (const FaultPoint& point : spec.points) points_[index_of(point.kind)].push_back(point.number);
  for (auto& numbers : points_) std::sort(numbers.begin(), numbers.end());
}

RandomStream FaultPlan::random(FaultKind kind) const {
  return RandomStream(seed_, name_of(kind), opportunities_[index_of(kind)]);
}

bool FaultPlan::strikes(FaultKind kind) {
  const uint64_t number = ++opportunities_[index_of(kind)];
  if (injected_.size() >= static_cast<size_t>(spec_.most)) return false;
  const auto& numbers = points_[index_of(kind)];
  const double probability = spec_.probabilities[index_of(kind)];
  const bool struck = std::binary_search(numbers.begin(), numbers.end(), number) ||
                      (probability > 0 && random(kind).chance(probability));
  if (struck) injected_.push_back({{kind, number}, engine_.now()});
  return struck;
}

double FaultPlan::chance(FaultKind kind) const {
  RandomStream stream = random(kind);
  stream.next();  // the one that decided whether it strikes
  return stream.uniform();
}

Duration FaultPlan::delay(FaultKind kind) const {
  return std::max(Duration::nanoseconds(1), scaled(spec_.longest_delay, chance(kind)));
}

}  // namespace wukong::faults
