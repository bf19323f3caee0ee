// What any amount per second has in common, whatever its unit: units have types of their own, which
// use this.
#pragma once

#include <cstdint>

#include "sim/base/check.h"
#include "sim/base/time.h"
#include "sim/base/wide.h"

namespace wukong {

// Time for `amount` at `per_second`, rounded up to the next nanosecond. REQUIRES: amount >= 0,
// per_second > 0, and less than 292 years.
constexpr Duration time_at(int64_t amount, int64_t per_second) {
  ENSURE(amount >= 0 && per_second > 0, amount, per_second);
  const auto ns = (static_cast<Int128>(amount) * 1'000'000'000 + per_second - 1) / per_second;
  ENSURE(ns <= Duration::max().count_ns(), amount, per_second);
  return Duration::nanoseconds(static_cast<int64_t>(ns));
}

}  // namespace wukong
