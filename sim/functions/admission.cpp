#include "sim/functions/admission.h"

#include <cmath>

#include "sim/base/check.h"

namespace wukong::functions {
namespace {

TokenBucket request_bucket(const LambdaSpec& spec, Time now) {
  const auto per_second = static_cast<int64_t>(std::llround(
      spec.requests_per_s_per_concurrency * static_cast<double>(spec.account_concurrency)));
  return TokenBucket(per_second, per_second, Duration::seconds(1), now);
}

TokenBucket scaling_bucket(const ScalingSpec& spec, Time now) {
  return TokenBucket(spec.burst, spec.refill, spec.refill_period, now);
}

}  // namespace

Admission::Admission(const LambdaSpec& spec, Time now)
    : concurrency_(static_cast<size_t>(spec.account_concurrency)),
      requests_(request_bucket(spec, now)),
      scaling_(spec.scaling) {
  if (scaling_.scope == ScalingScope::account) buckets_.push_back(scaling_bucket(scaling_, now));
}

void Admission::add_function(Time now) {
  if (scaling_.scope == ScalingScope::function) buckets_.push_back(scaling_bucket(scaling_, now));
}

bool Admission::take_new_environment(FunctionId function, Time now) {
  const size_t bucket = scaling_.scope == ScalingScope::account ? 0 : function.index();
  ENSURE(bucket < buckets_.size(), bucket);
  return buckets_[bucket].take(now);
}

void Admission::begin() {
  ENSURE(!full(), running_, concurrency_);
  ++running_;
}

void Admission::end() {
  ENSURE(running_ > 0);
  --running_;
}

}  // namespace wukong::functions
