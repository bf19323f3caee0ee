// The parameters of the function service. Values, units and sources are in
// configs/presets.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/money.h"
#include "sim/functions/function_config.h"
#include "sim/functions/keep_alive/warm_pool_spec.h"
#include "sim/network/network_spec.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::functions {

// The API call that invokes a function, as its caller sees it.
struct InvocationSpec {
  Duration overhead;            // of a call, spent by the caller before it has the reply
  Bandwidth payload_bandwidth;  // the caller also spends payload / this
  Duration start_latency;       // from acceptance to the start of the handler, if warm
  // Both vary from one invocation to the next, with those means (RandomStream::noisy).
  double overhead_sigma = 0;
  double start_latency_sigma = 0;
  Bytes sync_payload_limit;
  Bytes async_payload_limit;
  Bytes sync_response_limit;  // a larger answer is a failure of the function

  void visit(FieldVisitor& v);
};

// What the caller's client library does about a 429: it waits base, twice base, four times base...
struct ClientRetrySpec {
  int64_t attempts = 1;  // in total
  Duration backoff_base;
  bool jitter = false;  // multiplies each wait by a uniform number from [0, 1)

  void visit(FieldVisitor& v);
};

// What the service does about an accepted asynchronous invocation that failed or was throttled.
struct AsyncEventSpec {
  std::vector<double> retry_waits_s;  // before the second execution, the third, ...
  Duration backoff_base;              // after a throttle; doubling
  Duration backoff_most;
  Duration age_limit;  // a throttled event that is older is dropped

  void visit(FieldVisitor& v);
};

enum class ScalingScope { account, function };
constexpr std::string_view kScalingScopeNames[] = {"account", "function"};

// How fast new environments are made: a token bucket, full at the start; one token for each new
// environment, none for a warm one.
struct ScalingSpec {
  ScalingScope scope = ScalingScope::account;  // one bucket for all functions, or one for each
  int64_t burst = 1;                           // the bucket's capacity
  int64_t refill = 1;                          // tokens per refill_period, continuously
  Duration refill_period = Duration::seconds(1);

  void visit(FieldVisitor& v);
};

using keep_alive::Eviction;
using keep_alive::kReuseOrderNames;
using keep_alive::ReuseOrder;
using keep_alive::WarmPoolSpec;

// Time that a cold start adds, for one runtime and package: points of the distribution function.
// Between them the logarithm of the time is linear in the probability.
struct ColdStartDistribution {
  std::vector<double> probabilities;  // ascending, from 0 to 1
  std::vector<double> added_latency_ms;
  Duration per_package_mb;  // added for each megabyte of the package

  void visit(FieldVisitor& v);
};

struct ColdStartSpec {
  std::string runtime;
  std::string package;
  double package_mb = 0;  // beyond that of the function that the distribution was measured with
  Duration placement;     // before the distribution's time begins; never billed

  void visit(FieldVisitor& v);
};

struct EnvironmentSpec {
  int64_t memory_mb_least = 0;
  int64_t memory_mb_most = 0;
  double memory_mb_per_vcpu = 1;
  // How fast one computes, in what ComputeSpec says or what was recorded, is lognormal: median 1,
  // of the logarithm this deviation. It stays what it is for the environment's life. A sleep does
  // not feel it.
  double speed_sigma = 0;
  Duration time_limit_most;
  network::LinkSpec network;  // of one environment, each way

  // Of a function that is given so much memory; vCPUs come with it in proportion.
  double vcpus(int64_t memory_mb) const {
    return static_cast<double>(memory_mb) / memory_mb_per_vcpu;
  }
  void visit(FieldVisitor& v);
};

// Environments of a function that are kept ready for it.
struct ProvisionedSpec {
  int64_t concurrency = 0;  // of a function that runs tasks
  Duration ready_after;     // from the request to the first invocation
  // The environments are paid for from the request on, by the period that has begun; what runs in
  // them costs less than elsewhere.
  Duration billing_period;
  Money price_per_gb_s;
  Money run_price_per_gb_s;

  void visit(FieldVisitor& v);
};

struct LambdaBillingSpec {
  Duration granularity;
  bool initialization = false;  // is the time that a cold start adds billed, too?
  Money price_per_gb_s;
  Money price_per_million_requests;

  void visit(FieldVisitor& v);
};

struct LambdaSpec {
  // Of a function that runs tasks.
  int64_t memory_mb = 0;
  Duration time_limit;

  int64_t account_concurrency = 1;
  std::optional<int64_t> reserved_concurrency;  // of a function that runs tasks
  int64_t unreserved_concurrency_least = 0;     // what reservations must leave of the account's
  double requests_per_s_per_concurrency = 1;    // the API's rate limit is this times the above
  InvocationSpec invocation;
  ClientRetrySpec client_retry;
  AsyncEventSpec async_events;
  ScalingSpec scaling;
  WarmPoolSpec warm_pool;
  ProvisionedSpec provisioned;
  ColdStartSpec cold_start;
  std::map<std::string, ColdStartDistribution> cold_starts;  // by runtime_package
  EnvironmentSpec environment;
  LambdaBillingSpec billing;

  // A function that runs tasks, with the platform's values.
  FunctionConfig executor() const {
    return FunctionConfig{.memory_mb = memory_mb,
                          .time_limit = time_limit,
                          .reserved_concurrency = reserved_concurrency,
                          .provisioned_concurrency = provisioned.concurrency};
  }
  void visit(FieldVisitor& v);
};

}  // namespace wukong::functions
