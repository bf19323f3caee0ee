// A job's part of the function service. The service, with its concurrency, its environments and the
// rate at which it makes more, is the account's, and all jobs share it; what a job's invocations
// cost goes into its own books, what is drawn for them comes from its own random streams, and its
// statistics tell of them alone. So a job that is alone on an account runs as if it were the only
// one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sim/base/ids.h"
#include "sim/base/money.h"
#include "sim/base/random.h"
#include "sim/functions/function_config.h"
#include "sim/functions/lambda_service.h"
#include "sim/functions/lambda_statistics.h"

namespace wukong::accounting {
class Ledger;
struct Usage;
}  // namespace wukong::accounting

namespace wukong::functions {

// How an event that was only timed (LambdaService::take_event) has ended.
struct TimedEnd {
  FunctionId function;
  Time arrived;
  Time started;     // its last execution, after the cold start
  Duration queued;  // until its last execution was let in
  Money price;      // of all of its executions
  bool cold = false;
  bool failed = false;  // given up after its last retry
};

class TimedWatcher {
 public:
  virtual ~TimedWatcher() = default;
  virtual void ended(const TimedEnd& end) = 0;
};

// The job, as the service knows it. Outlives its invocations.
struct Tenant {
  // The books outlive the tenant.
  Tenant(accounting::Usage& of_job, accounting::Ledger& paid_by_job, uint64_t seed_of_job)
      : usage(of_job),
        ledger(paid_by_job),
        seed(seed_of_job),
        cold_starts(seed_of_job, "lambda.cold_start"),
        calls(seed_of_job, "lambda.call"),
        starts(seed_of_job, "lambda.start"),
        backoffs(seed_of_job, "lambda.client_backoff"),
        speeds(seed_of_job, "lambda.environment_speed") {}

  // Which idle environment of a function serves next, where that is drawn.
  RandomStream& reuse_of(FunctionId function) {
    while (reuse.size() <= function.index()) reuse.emplace_back(seed, "lambda.reuse", reuse.size());
    return reuse[function.index()];
  }

  accounting::Usage& usage;
  accounting::Ledger& ledger;
  const uint64_t seed;
  RandomStream cold_starts;
  RandomStream calls;
  RandomStream starts;
  RandomStream backoffs;
  RandomStream speeds;
  std::vector<RandomStream> reuse;    // by function
  std::vector<FunctionId> functions;  // that it has added
  LambdaStatistics statistics;
  size_t unfinished = 0;  // invocations that have not come to their end
  TimedWatcher* watcher = nullptr;
};

// What a policy calls (lambda_service.h).
class LambdaClient {
 public:
  // The service and the books outlive the client, and the client its invocations.
  LambdaClient(LambdaService& service, accounting::Usage& usage, accounting::Ledger& ledger,
               uint64_t seed)
      : service_(service), tenant_(usage, ledger, seed) {}
  LambdaClient(const LambdaClient&) = delete;
  LambdaClient& operator=(const LambdaClient&) = delete;
  ~LambdaClient() { service_.leave(tenant_); }

  // Throws Error if the platform does not offer such a function.
  FunctionId add_function(const FunctionConfig& config) {
    return service_.add_function(tenant_, config);
  }
  // What was added, in that order.
  std::vector<FunctionConfig> functions() const {
    std::vector<FunctionConfig> configs;
    for (const FunctionId id : tenant_.functions) configs.push_back(service_.function(id));
    return configs;
  }
  // vCPUs of an environment of the function.
  double vcpus(FunctionId function) const { return service_.vcpus(function); }

  engine::Task<InvokeReply> invoke_async(const hosts::Host& caller, FunctionId function,
                                         Bytes payload, Handler handler) {
    return service_.invoke_async(tenant_, caller, function, payload, std::move(handler));
  }
  engine::Task<InvokeReply> invoke_sync(const hosts::Host& caller, FunctionId function,
                                        Bytes payload, Handler handler) {
    return service_.invoke_sync(tenant_, caller, function, payload, std::move(handler));
  }

  // From outside the model, and functions that change meanwhile.
  std::optional<ThrottleReason> take_call(FunctionId function, const outside::CallTerms& terms,
                                          outside::Call& call) {
    return service_.take_call(tenant_, function, terms, call);
  }
  FunctionId add_version(FunctionId of, const FunctionConfig& config) {
    return service_.add_version(tenant_, of, config);
  }
  FunctionId change(FunctionId function, const FunctionConfig& config) {
    return service_.change(tenant_, function, config);
  }
  void remove(FunctionId function) { service_.remove(function); }
  void reserve(FunctionId function, std::optional<int64_t> concurrency) {
    service_.reserve(function, concurrency);
  }

  // Events without a handler, and who hears of their ends; outlives them.
  void watch(TimedWatcher* watcher) { tenant_.watcher = watcher; }
  void take_event(FunctionId function, Duration time) {
    service_.take_event(tenant_, function, time);
  }

  // Of this job's invocations.
  const LambdaStatistics& statistics() const { return tenant_.statistics; }
  size_t unfinished() const { return tenant_.unfinished; }

 private:
  LambdaService& service_;
  Tenant tenant_;
};

}  // namespace wukong::functions
