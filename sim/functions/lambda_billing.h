// What an execution costs: its time, rounded up to the preset's granularity, times the memory that
// the function has, plus a price per request. In whole numbers, rounded up once.
#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/base/arithmetic.h"
#include "sim/base/check.h"
#include "sim/functions/lambda_spec.h"

namespace wukong::functions {

// price x memory / 1024 MB x time
inline Money memory_price(Money price_per_gb_s, int64_t memory_mb, Duration time) {
  constexpr int64_t kGigabyteSecond = 1024 * 1'000'000'000LL;  // in MB x ns
  // Most products fit into 64 bits, where a division costs a tenth.
  int64_t quantity = 0, product = 0;
  if (price_per_gb_s >= Money() && memory_mb >= 0 && time >= Duration::zero() &&
      !__builtin_mul_overflow(memory_mb, time.count_ns(), &quantity) &&
      !__builtin_mul_overflow(price_per_gb_s.count_pico_usd(), quantity, &product) &&
      !__builtin_add_overflow(product, kGigabyteSecond - 1, &product)) [[likely]]
    return Money::pico_usd(product / kGigabyteSecond);
  return charge(price_per_gb_s, static_cast<Int128>(memory_mb) * time.count_ns(), kGigabyteSecond);
}

class LambdaBilling {
 public:
  LambdaBilling(const LambdaBillingSpec& spec, int64_t memory_mb)
      : spec_(spec),
        memory_mb_(memory_mb),
        request_price_(charge(spec.price_per_million_requests, 1, 1'000'000)) {}

  // Rounded up; an execution costs at least one unit of the granularity.
  Duration billed_time(Duration initialization, Duration run) const {
    ENSURE(run >= Duration::zero() && initialization >= Duration::zero(), run.count_ns());
    const Duration time = spec_.initialization ? run + initialization : run;
    const int64_t unit = spec_.granularity.count_ns();
    const int64_t units = std::max<int64_t>(1, (time.count_ns() + unit - 1) / unit);
    return spec_.granularity * units;
  }
  Money time_price(Duration billed) const {
    return memory_price(spec_.price_per_gb_s, memory_mb_, billed);
  }
  Money request_price() const { return request_price_; }
  double gb_s(Duration billed) const {
    return static_cast<double>(memory_mb_) / 1024 * billed.to_seconds();
  }

 private:
  LambdaBillingSpec spec_;
  int64_t memory_mb_;
  Money request_price_;
};

}  // namespace wukong::functions
