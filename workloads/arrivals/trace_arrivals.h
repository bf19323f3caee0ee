// Arrivals at the times of a trace's invocations, whose functions stand for kinds of jobs: each
// function for one, drawn by weight, so a job comes with its function's rate and bursts (invitro
// drives its workflows so). What the trace says of durations and memory is not used.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "workloads/arrivals/arrivals.h"
#include "workloads/traces/trace.h"

namespace wukong::arrivals {

class TraceArrivals final : public Arrivals {
 public:
  // `weights` are those of the kinds. REQUIRES: at least one is above zero.
  TraceArrivals(std::unique_ptr<traces::Trace> trace, const std::vector<double>& weights,
                uint64_t seed);

  std::optional<Arrival> next() override;

 private:
  std::unique_ptr<traces::Trace> trace_;
  std::unique_ptr<traces::InvocationSource> invocations_;
  std::vector<JobKindId> kinds_;  // by function
};

}  // namespace wukong::arrivals
