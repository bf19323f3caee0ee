// A function service with nothing around it, for tests; and the parameters of the presets in C++,
// for tests of the models.
#pragma once

#include <vector>

#include "sim/accounting/ledger.h"
#include "sim/accounting/usage.h"
#include "sim/base/bytes.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "sim/engine/trace.h"
#include "sim/fluid/fluid.h"
#include "sim/functions/lambda_client.h"
#include "sim/functions/lambda_spec.h"
#include "sim/hosts/host_factory.h"
#include "sim/hosts/values.h"
#include "sim/network/network.h"

namespace wukong::test {

// As configs/presets/platform/aws-2020.yaml, without the caller's and the start's latency and with
// evictions to the nanosecond, so that times in tests are round. Cold starts take 100 ms.
inline functions::LambdaSpec aws_2020_functions() {
  functions::LambdaSpec spec;
  spec.account_concurrency = 1000;
  spec.requests_per_s_per_concurrency = 10;
  spec.invocation.payload_bandwidth = Bandwidth::unlimited();
  spec.invocation.sync_payload_limit = Bytes::mebi(6);
  spec.invocation.async_payload_limit = Bytes::kibi(256);
  spec.invocation.sync_response_limit = Bytes(6'291'556);
  spec.unreserved_concurrency_least = 100;
  spec.provisioned = {0, Duration::seconds(60), Duration::seconds(300),
                      Money::from_usd(0.0000041667), Money::from_usd(0.0000097222)};
  spec.client_retry = {5, Duration::seconds(1), false};
  spec.async_events = {
      {60, 120}, Duration::seconds(1), Duration::seconds(300), Duration::seconds(6 * 3600)};
  spec.scaling = {functions::ScalingScope::account, 3000, 500, Duration::seconds(60)};
  spec.warm_pool = {functions::Eviction::fixed, Duration::seconds(600), Duration::seconds(380),
                    functions::ReuseOrder::newest, 0};
  spec.cold_start = {"python", "zip", 0, Duration::zero()};
  spec.cold_starts["python_zip"] = {{0, 1}, {100, 100.0000001}, Duration::zero()};
  spec.environment.memory_mb_least = 128;
  spec.environment.memory_mb_most = 3008;
  spec.environment.memory_mb_per_vcpu = 1792;
  spec.environment.time_limit_most = Duration::seconds(900);
  spec.environment.network.rate = Bandwidth::mebi_per_second(75);
  spec.memory_mb = 3008;
  spec.time_limit = Duration::seconds(420);
  spec.billing = {Duration::milliseconds(100), false, Money::from_usd(0.0000166667),
                  Money::from_usd(0.20)};
  return spec;
}

inline functions::LambdaSpec aws_2024_functions() {
  functions::LambdaSpec spec = aws_2020_functions();
  spec.scaling = {functions::ScalingScope::function, 1000, 1000, Duration::seconds(10)};
  spec.environment.memory_mb_most = 10240;
  spec.environment.memory_mb_per_vcpu = 1769;
  spec.billing.granularity = Duration::milliseconds(1);
  return spec;
}

inline engine::Task<functions::HandlerResult> run_for(
    engine::Engine& engine, Duration time,
    functions::HandlerResult result = functions::HandlerResult::success) {
  co_await engine.sleep(time);
  co_return result;
}

// What happened, for tests that look at the order.
class TraceList : public engine::TraceSink {
 public:
  void record(const engine::TraceRecord& record) override { records.push_back(record); }
  std::vector<engine::TraceRecord> of(engine::TraceKind kind) const {
    std::vector<engine::TraceRecord> chosen;
    for (const engine::TraceRecord& record : records)
      if (record.kind == kind) chosen.push_back(record);
    return chosen;
  }
  std::vector<double> seconds_of(engine::TraceKind kind) const {
    std::vector<double> seconds;
    for (const engine::TraceRecord& record : of(kind)) seconds.push_back(record.time.to_seconds());
    return seconds;
  }

  std::vector<engine::TraceRecord> records;
};

struct LambdaRig {
  explicit LambdaRig(functions::LambdaSpec functions, uint64_t seed = 1)
      : spec(std::move(functions)),
        service(engine, hosts, spec),
        lambda(service, usage, ledger, seed) {
    engine.trace().listen(&trace);
  }
  ~LambdaRig() { engine.clear(); }

  FunctionId function(Duration time_limit = Duration::seconds(420), int64_t memory_mb = 1024) {
    functions::FunctionConfig config;
    config.memory_mb = memory_mb;
    config.time_limit = time_limit;
    return lambda.add_function(config);
  }

  // A client that invokes a handler of this length once, at this time.
  void invoke_async_at(Duration time, FunctionId function, Duration length,
                       functions::HandlerResult result = functions::HandlerResult::success) {
    engine.spawn(client(time, function, length, result, false), "client");
  }
  void invoke_sync_at(Duration time, FunctionId function, Duration length,
                      functions::HandlerResult result = functions::HandlerResult::success) {
    engine.spawn(client(time, function, length, result, true), "client");
  }

  functions::Handler handler(Duration length,
                             functions::HandlerResult result = functions::HandlerResult::success) {
    return
        [this, length, result](functions::Environment&) { return run_for(engine, length, result); };
  }

  struct Answer {
    Duration time;
    functions::InvokeReply reply;
  };
  size_t answered(functions::InvokeReply reply) const {
    size_t count = 0;
    for (const Answer& answer : answers) count += answer.reply == reply ? 1 : 0;
    return count;
  }

  engine::VirtualClock clock;
  engine::Engine engine{clock};
  fluid::Pool pool{engine};
  network::Network network{pool, Bytes(65536)};
  hosts::NoValues values;
  hosts::HostFactory hosts{network, values};
  accounting::Usage usage;
  accounting::Ledger ledger;
  functions::LambdaSpec spec;
  TraceList trace;
  functions::LambdaService service;
  functions::LambdaClient lambda;
  hosts::Host client_host;
  std::vector<Answer> answers;
  Bytes payload;

 private:
  engine::Task<> client(Duration time, FunctionId function, Duration length,
                        functions::HandlerResult result, bool synchronous) {
    co_await engine.sleep(time);
    functions::Handler work = handler(length, result);
    functions::InvokeReply reply = functions::InvokeReply::failed;
    if (synchronous)
      reply = co_await lambda.invoke_sync(client_host, function, payload, std::move(work));
    else
      reply = co_await lambda.invoke_async(client_host, function, payload, std::move(work));
    answers.push_back({engine.now().since_start(), reply});
  }
};

}  // namespace wukong::test
