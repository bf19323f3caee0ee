#include "sim/functions/admission.h"

#include <cmath>
#include <string>

#include "sim/base/check.h"
#include "sim/base/error.h"

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
    : account_(static_cast<size_t>(spec.account_concurrency)),
      unreserved_(account_),
      unreserved_least_(static_cast<size_t>(spec.unreserved_concurrency_least)),
      requests_(request_bucket(spec, now)),
      scaling_(spec.scaling) {
  if (scaling_.scope == ScalingScope::account) buckets_.push_back(scaling_bucket(scaling_, now));
}

void Admission::add_function(const FunctionConfig& config, Time now) {
  if (scaling_.scope == ScalingScope::function) buckets_.push_back(scaling_bucket(scaling_, now));
  const int64_t provisioned = config.provisioned_concurrency;
  const auto own = static_cast<size_t>(config.reserved_concurrency.value_or(provisioned));
  if (config.reserved_concurrency && provisioned > *config.reserved_concurrency)
    throw Error(ErrorPlace{"", 0, config.name + ".provisioned_concurrency"},
                "at most the " + std::to_string(*config.reserved_concurrency) +
                    " that are reserved for the function",
                std::to_string(provisioned));
  if (own > 0 && own + unreserved_least_ > unreserved_)
    throw Error(ErrorPlace{"", 0, config.name + ".reserved_concurrency"},
                "so much that " + std::to_string(unreserved_least_) + " of the " +
                    std::to_string(unreserved_) +
                    " that are left of the account's concurrency stay unreserved",
                std::to_string(own));
  unreserved_ -= own;
  shares_.push_back({.own = own, .is_all = config.reserved_concurrency.has_value()});
}

std::optional<StartOutcome> Admission::refusal(FunctionId function) const {
  const Share& share = shares_[function.index()];
  if (share.running < share.own) return std::nullopt;
  if (share.is_all) return StartOutcome::reserved_full;
  if (unreserved_running_ >= unreserved_) return StartOutcome::full;
  return std::nullopt;
}

bool Admission::take_new_environment(FunctionId function, Time now) {
  const size_t bucket = scaling_.scope == ScalingScope::account ? 0 : function.index();
  ENSURE(bucket < buckets_.size(), bucket);
  return buckets_[bucket].take(now);
}

void Admission::begin(FunctionId function) {
  ENSURE(!refusal(function) && running_ < account_, running_, account_);
  Share& share = shares_[function.index()];
  ++running_;
  if (++share.running > share.own) ++unreserved_running_;
}

void Admission::end(FunctionId function) {
  Share& share = shares_[function.index()];
  ENSURE(running_ > 0 && share.running > 0);
  --running_;
  if (share.running-- > share.own) --unreserved_running_;
}

}  // namespace wukong::functions
