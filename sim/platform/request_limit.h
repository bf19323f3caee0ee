// A limit on requests per second: a token bucket that holds one second's worth and starts full.
#pragma once

#include <algorithm>

#include "sim/base/time.h"

namespace wukong::sim {

class RequestLimit {
 public:
  explicit RequestLimit(double requests_per_second)
      : rate_(requests_per_second), tokens_(requests_per_second) {}

  // Admits a request at `now`, or turns it away. REQUIRES: `now` does not go back.
  bool admit(Time now) {
    tokens_ = std::min(rate_, tokens_ + (now - refilled_).to_seconds() * rate_);
    refilled_ = now;
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }

 private:
  double rate_;
  double tokens_;
  Time refilled_;
};

}  // namespace wukong::sim
