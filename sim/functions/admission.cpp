#include "sim/functions/admission.h"

#include <cmath>
#include <string>
#include <utility>

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
  const size_t bucket = scaling_.scope == ScalingScope::account ? 0 : buckets_.size();
  if (scaling_.scope == ScalingScope::function) buckets_.push_back(scaling_bucket(scaling_, now));
  Share added;
  added.bucket = bucket;
  set(added, config.reserved_concurrency, config.provisioned_concurrency, config.name);
  share_of_.push_back(shares_.size());
  provisioned_.push_back(config.provisioned_concurrency);
  names_.push_back(config.name);
  shares_.push_back(added);
}

void Admission::add_version(FunctionId of, const FunctionConfig& config) {
  Share& shared = share(of);
  set(shared, shared.reserved, shared.provisioned + config.provisioned_concurrency, config.name);
  share_of_.push_back(share_of_[of.index()]);
  provisioned_.push_back(config.provisioned_concurrency);
}

void Admission::remove_version(FunctionId function) {
  Share& shared = share(function);
  const int64_t freed = std::exchange(provisioned_[function.index()], 0);
  set(shared, shared.reserved, shared.provisioned - freed, names_[share_of_[function.index()]]);
}

void Admission::reserve(FunctionId function, std::optional<int64_t> reserved) {
  Share& shared = share(function);
  set(shared, reserved, shared.provisioned, names_[share_of_[function.index()]]);
}

void Admission::set(Share& share, std::optional<int64_t> reserved, int64_t provisioned,
                    const std::string& name) {
  const auto own = static_cast<size_t>(reserved.value_or(provisioned));
  if (reserved && provisioned > *reserved)
    throw Error(ErrorPlace{"", 0, name + ".provisioned_concurrency"},
                "at most the " + std::to_string(*reserved) + " that are reserved for the function",
                std::to_string(provisioned));
  const size_t left = unreserved_ + share.own;
  if (own > share.own && own + unreserved_least_ > left)
    throw Error(ErrorPlace{"", 0, name + ".reserved_concurrency"},
                "so much that " + std::to_string(unreserved_least_) + " of the " +
                    std::to_string(left) +
                    " that are left of the account's concurrency stay unreserved",
                std::to_string(own));
  const auto beyond = [&share](size_t part) {
    return share.running > part ? share.running - part : 0;
  };
  unreserved_running_ += beyond(own);
  unreserved_running_ -= beyond(share.own);
  unreserved_ = left - own;
  share.reserved = reserved;
  share.provisioned = provisioned;
  share.own = own;
}

std::optional<StartOutcome> Admission::refusal(FunctionId function) const {
  const Share& asked = share(function);
  if (asked.running < asked.own) {
    // Others may still run in what was reserved while they ran.
    return running_ < account_ ? std::nullopt : std::optional(StartOutcome::full);
  }
  if (asked.reserved) return StartOutcome::reserved_full;
  if (unreserved_running_ >= unreserved_) return StartOutcome::full;
  return std::nullopt;
}

bool Admission::take_new_environment(FunctionId function, Time now) {
  const size_t bucket = share(function).bucket;
  ENSURE(bucket < buckets_.size(), bucket);
  return buckets_[bucket].take(now);
}

void Admission::begin(FunctionId function) {
  ENSURE(!refusal(function) && running_ < account_, running_, account_);
  Share& share = this->share(function);
  ++running_;
  if (++share.running > share.own) ++unreserved_running_;
}

void Admission::end(FunctionId function) {
  Share& share = this->share(function);
  ENSURE(running_ > 0 && share.running > 0);
  --running_;
  if (share.running-- > share.own) --unreserved_running_;
}

}  // namespace wukong::functions
