// Where in a minute a number of invocations are: one after the other, in constant memory, so that a
// minute may have any number.
#pragma once

#include <cstdint>
#include <string_view>

#include "sim/base/random.h"
#include "sim/base/time.h"

namespace wukong::trace_files {

// Of n invocations in a minute.
enum class WithinMinute {
  exponential,  // n + 1 exponential gaps that fill the minute: a Poisson process, given its number
  uniform,      // n + 1 uniform gaps that fill the minute
  equidistant,  // n equal gaps, the first invocation at the minute's start
};
constexpr std::string_view kWithinMinuteNames[] = {"exponential", "uniform", "equidistant"};

class MinuteArrivals {
 public:
  // REQUIRES: count > 0.
  MinuteArrivals(WithinMinute how, int64_t count, RandomStream random);

  bool ended() const { return given_ == count_; }
  // Since the minute's start; less than a minute, not before the last one. REQUIRES: !ended().
  Duration next();

 private:
  double next_fraction();

  WithinMinute how_;
  int64_t count_;
  int64_t given_ = 0;
  RandomStream random_;
  double passed_ = 0;  // fraction of the minute
  double all_gaps_ = 1;
};

}  // namespace wukong::trace_files
