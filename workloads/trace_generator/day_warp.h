// A day whose hours are busier or quieter: from a time in which invocations come evenly to the one
// in which they come by the hour.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/time.h"

namespace wukong::trace_generator {

class DayWarp {
 public:
  // Throws Error at `key` unless there are 24 weights, one above 0.
  DayWarp(const std::vector<double>& hourly, const std::string& key);

  Time warped(Duration even) const;

 private:
  std::array<double, 24> weights_;     // of mean 1
  std::array<int64_t, 25> begins_ns_;  // of each hour, in even time
};

}  // namespace wukong::trace_generator
