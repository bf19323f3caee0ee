// Decides at each opportunity whether a fault strikes, and lists those that did. A decision depends
// on the seed, the kind and the opportunity's number alone, so a fault that is taken out of a run
// changes no other decision. Owned by the run.
#pragma once

#include <array>
#include <vector>

#include "sim/base/random.h"
#include "sim/engine/engine.h"
#include "sim/faults/fault_spec.h"

namespace wukong::faults {

class FaultPlan {
 public:
  // `engine` and `spec` outlive it.
  FaultPlan(const engine::Engine& engine, const FaultSpec& spec, uint64_t seed);

  // There is an opportunity of that kind now. True: the fault strikes.
  bool strikes(FaultKind kind);
  // A random number in [0, 1) that belongs to the kind's latest fault.
  double chance(FaultKind kind) const;
  // How slow or late the kind's latest fault makes something: more than nothing, and at most the
  // spec's longest delay.
  Duration delay(FaultKind kind) const;

  const FaultSpec& spec() const { return spec_; }
  // In the order in which they struck.
  const std::vector<InjectedFault>& injected() const { return injected_; }
  const FaultCounts& opportunities() const { return opportunities_; }

 private:
  RandomStream random(FaultKind kind) const;

  const engine::Engine& engine_;
  const FaultSpec& spec_;
  uint64_t seed_;
  std::array<std::vector<uint64_t>, kFaultKinds> points_;  // by kind, sorted
  FaultCounts opportunities_{};
  std::vector<InjectedFault> injected_;
};

}  // namespace wukong::faults
