// A pass at another rate: invocations are left out, or copied (sample.h says how). Copies wait for
// their time in memory, which takes as many as come within `copy_spread`.
#pragma once

#include <memory>
#include <queue>
#include <vector>

#include "sim/base/random.h"
#include "workloads/traces/trace.h"

namespace wukong::traces {

struct RateScaling {
  double rate = 1;
  Duration copy_spread;
  Time end = Time::max();  // copies at it or later are left out
};

class RateScaledSource final : public InvocationSource {
 public:
  // REQUIRES: rate > 0; copy_spread > 0.
  RateScaledSource(std::unique_ptr<InvocationSource> source, const RateScaling& scaling,
                   uint64_t seed);

  bool next(Invocation& invocation) override;

 private:
  struct Copy {
    Invocation invocation;
    uint64_t number;  // of two at one time, the first is first
    bool operator>(const Copy& other) const {
      return invocation.arrival != other.invocation.arrival
                 ? invocation.arrival > other.invocation.arrival
                 : number > other.number;
    }
  };

  void copy(const Invocation& invocation);

  std::unique_ptr<InvocationSource> source_;
  RateScaling scaling_;
  RandomStream random_;
  std::priority_queue<Copy, std::vector<Copy>, std::greater<>> copies_;
  uint64_t copied_ = 0;
  Invocation ahead_;  // the source's next one
  bool has_ahead_;
};

}  // namespace wukong::traces
