// What an execution costs: its time, rounded up to the preset's granularity, times the memory that
// the function has, plus a price per request. In whole numbers, rounded up once.
#pragma once

#include <cstdint>

#include "sim/functions/lambda_spec.h"

namespace wukong::functions {

class LambdaBilling {
 public:
  LambdaBilling(const LambdaBillingSpec& spec, int64_t memory_mb)
      : spec_(spec), memory_mb_(memory_mb) {}

  // Rounded up; an execution costs at least one unit of the granularity.
  Duration billed_time(Duration initialization, Duration run) const;
  // price x memory / 1024 MB x time
  Money time_price(Duration billed) const;
  Money request_price() const { return charge(spec_.price_per_million_requests, 1, 1'000'000); }
  double gb_s(Duration billed) const {
    return static_cast<double>(memory_mb_) / 1024 * billed.to_seconds();
  }

 private:
  LambdaBillingSpec spec_;
  int64_t memory_mb_;
};

}  // namespace wukong::functions
