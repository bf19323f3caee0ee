#include "sim/functions/lambda_billing.h"

#include <algorithm>

#include "sim/base/arithmetic.h"
#include "sim/base/check.h"

namespace wukong::functions {

Duration LambdaBilling::billed_time(Duration initialization, Duration run) const {
  ENSURE(run >= Duration::zero() && initialization >= Duration::zero(), run.count_ns());
  const Duration time = spec_.initialization ? run + initialization : run;
  const int64_t unit = spec_.granularity.count_ns();
  const int64_t units = std::max<int64_t>(1, (time.count_ns() + unit - 1) / unit);
  return spec_.granularity * units;
}

Money LambdaBilling::time_price(Duration billed) const {
  constexpr int64_t kGigabyteSecond = 1024 * 1'000'000'000LL;  // in MB x ns
  return charge(spec_.price_per_gb_s, static_cast<Int128>(memory_mb_) * billed.count_ns(),
                kGigabyteSecond);
}

}  // namespace wukong::functions
