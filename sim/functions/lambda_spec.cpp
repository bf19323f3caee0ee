#include "sim/functions/lambda_spec.h"

#include "sim/network/link_fields.h"

namespace wukong::functions {
namespace {

// A time that something is divided by, or that repeats: at least one nanosecond.
constexpr Bounds kSomeSeconds{1e-9, 1e9};
// Each throttled event tries again so often, for as long as it is throttled: with a nanosecond a
// run would have no end.
constexpr Bounds kBackoff{0.01, 1e9};
constexpr Bounds kSomeMilliseconds{1e-6, 1e12};

constexpr network::LinkKeys kFunctionLink{"rate_mib_per_s", "burst", "allowance_mib",
                                          "rate_mib_per_s"};

}  // namespace

void InvocationSpec::visit(FieldVisitor& v) {
  v.duration("overhead_ms", overhead);
  v.field("overhead_sigma", overhead_sigma, kSigma);
  v.bandwidth("payload_bandwidth_mb_per_s", payload_bandwidth);
  v.duration("start_latency_ms", start_latency);
  v.field("start_latency_sigma", start_latency_sigma, kSigma);
  v.bytes("sync_payload_limit_mib", sync_payload_limit);
  v.bytes("async_payload_limit_kib", async_payload_limit);
  v.bytes("sync_response_limit_bytes", sync_response_limit);
}

void ClientRetrySpec::visit(FieldVisitor& v) {
  v.field("attempts", attempts, Bounds{1, 20});
  v.duration("backoff_base_ms", backoff_base, Bounds{0, 1e6});
  v.field("jitter", jitter);
}

void AsyncEventSpec::visit(FieldVisitor& v) {
  v.numbers("retry_waits_s", retry_waits_s, Bounds{0, 1e6});
  v.duration("backoff_base_s", backoff_base, kBackoff);
  v.duration("backoff_most_s", backoff_most, kBackoff);
  v.duration("age_limit_s", age_limit);
}

void ScalingSpec::visit(FieldVisitor& v) {
  v.choice("scope", scope, kScalingScopeNames);
  v.field("burst", burst, kCount);
  v.field("refill", refill, Bounds{0, 1e9});
  v.duration("refill_period_s", refill_period, kSomeSeconds);
}

void ColdStartDistribution::visit(FieldVisitor& v) {
  v.numbers("probabilities", probabilities, kFraction);
  v.numbers("added_latency_ms", added_latency_ms, Bounds{1e-6, 1e9});
  v.duration("per_package_mb_ms", per_package_mb);
}

void ColdStartSpec::visit(FieldVisitor& v) {
  v.field("runtime", runtime);
  v.field("package", package);
  v.field("package_mb", package_mb, Bounds{0, 1e6});
  v.duration("placement_ms", placement);
}

void EnvironmentSpec::visit(FieldVisitor& v) {
  v.field("memory_mb_least", memory_mb_least, kCount);
  v.field("memory_mb_most", memory_mb_most, kCount);
  v.field("memory_mb_per_vcpu", memory_mb_per_vcpu, Bounds{1, 1e9});
  v.field("speed_sigma", speed_sigma, Bounds{0, 2});
  v.duration("time_limit_most_s", time_limit_most, kSomeSeconds);
  v.begin("network");
  network::visit_link(v, network, kFunctionLink);
  v.end();
}

void ProvisionedSpec::visit(FieldVisitor& v) {
  v.field("concurrency", concurrency, Bounds{0, 10'000, "each takes memory, idle or not"});
  v.duration("ready_after_s", ready_after);
  v.duration("billing_period_s", billing_period, Bounds{1, 1e6});
  v.money("price_usd_per_gb_s", price_per_gb_s);
  v.money("run_price_usd_per_gb_s", run_price_per_gb_s);
}

void LambdaBillingSpec::visit(FieldVisitor& v) {
  v.duration("granularity_ms", granularity, kSomeMilliseconds);
  v.field("initialization", initialization);
  v.money("price_usd_per_gb_s", price_per_gb_s);
  v.money("price_usd_per_million_requests", price_per_million_requests);
}

void LambdaSpec::visit(FieldVisitor& v) {
  v.field("memory_mb", memory_mb, kCount);
  v.duration("time_limit_s", time_limit, kPositive);
  v.field("account_concurrency", account_concurrency, kCount);
  v.optional("reserved_concurrency", reserved_concurrency,
             [&v](int64_t& reserved) { v.field("reserved_concurrency", reserved, kCountOrNone); });
  v.field("unreserved_concurrency_least", unreserved_concurrency_least, kCountOrNone);
  v.field("requests_per_s_per_concurrency", requests_per_s_per_concurrency, Bounds{1e-3, 1e6});
  v.group("invocation", invocation);
  v.group("client_retry", client_retry);
  v.group("async_events", async_events);
  v.group("scaling", scaling);
  v.group("warm_pool", warm_pool);
  v.group("provisioned", provisioned);
  v.group("cold_start", cold_start);
  v.table("cold_starts", cold_starts);
  v.group("environment", environment);
  v.group("billing", billing);
}

}  // namespace wukong::functions
