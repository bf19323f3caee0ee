// A token bucket in whole numbers: it starts full, holds at most `capacity` tokens and gains
// `refill` of them per `period`, evenly. Levels are counted in tokens times nanoseconds of the
// period, so that no part of a token is lost or made by rounding.
#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/base/arithmetic.h"
#include "sim/base/check.h"
#include "sim/base/time.h"

namespace wukong {

class TokenBucket {
 public:
  TokenBucket(int64_t capacity, int64_t refill, Duration period, Time now)
      : token_(period.count_ns()),
        refill_(refill),
        capacity_(static_cast<Int128>(capacity) * token_),
        level_(capacity_),
        updated_(now) {
    ENSURE(capacity >= 0 && refill >= 0 && token_ > 0, capacity, refill, token_);
  }

  int64_t available(Time now) {
    update(now);
    return static_cast<int64_t>(level_ / token_);
  }

  // Takes one token if there is one. REQUIRES: time does not go back.
  bool take(Time now) {
    update(now);
    if (level_ < token_) return false;
    level_ -= token_;
    return true;
  }

 private:
  void update(Time now) {
    ENSURE(now >= updated_, now.count_ns(), updated_.count_ns());
    const Int128 gained = static_cast<Int128>((now - updated_).count_ns()) * refill_;
    level_ = std::min(capacity_, level_ + gained);
    updated_ = now;
  }

  int64_t token_;  // one token, in the unit of the level
  int64_t refill_;
  Int128 capacity_;
  Int128 level_;
  Time updated_;
};

}  // namespace wukong
