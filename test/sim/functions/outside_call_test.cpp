// Calls from outside the model, and functions that change while they are used.
#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

#include "sim/engine/engine.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/functions/outside/outside_call.h"
#include "sim/functions/throttle_reason.h"
#include "test/catch.h"
#include "test/sim/platform/lambda_rig.h"

namespace wukong::functions {
namespace {

using literals::operator""_s;
using literals::operator""_ms;
using outside::CallEnd;

class TestCall final : public outside::Call {
 public:
  TestCall(engine::Engine& engine, Duration time, HandlerResult result)
      : engine_(engine), time_(time), result_(result) {}
  engine::Task<HandlerResult> run(Environment& environment) override {
    hosts.push_back(environment.host.id);
    co_await engine_.sleep(time_, "work");
    co_return result_;
  }
  void ended(CallEnd given, const std::string&) override {
    ends.push_back(given);
    at = engine_.now();
  }

  std::optional<ThrottleReason> refusal;
  std::vector<CallEnd> ends;
  std::vector<HostId> hosts;
  Time at;

 private:
  engine::Engine& engine_;
  Duration time_;
  HandlerResult result_;
};

// Environments that take a while to come up beside the model's time.
class TestEnvironments final : public outside::Environments {
 public:
  explicit TestEnvironments(engine::Engine& engine) : engine_(engine) {}
  void made(FunctionId, HostId host) override { there.push_back(host); }
  void provisioned(FunctionId, int64_t environments) override { spares += environments; }
  engine::Task<> come_up(HostId) override { co_await engine_.sleep(takes, "a process"); }
  void gone(HostId host) override { there.erase(std::find(there.begin(), there.end(), host)); }

  std::vector<HostId> there;
  int64_t spares = 0;
  Duration takes;

 private:
  engine::Engine& engine_;
};

struct Rig : test::LambdaRig {
  explicit Rig(const LambdaSpec& of_service) : LambdaRig(of_service), environments(engine) {
    service.furnish(&environments);
  }
  TestCall& call_at(Duration when, FunctionId function, Duration time,
                    HandlerResult result = HandlerResult::success,
                    outside::CallTerms terms = {.waited_for = true}) {
    calls.push_back(std::make_unique<TestCall>(engine, time, result));
    engine.spawn(call_later(when, function, terms, *calls.back()), "a client");
    return *calls.back();
  }
  engine::Task<> call_later(Duration when, FunctionId function, outside::CallTerms terms,
                            TestCall& call) {
    co_await engine.sleep(when, "its time");
    call.refusal = lambda.take_call(function, terms, call);
  }
  engine::Task<> do_at(Duration when, std::function<void()> work) {
    co_await engine.sleep(when, "its time");
    work();
  }

  TestEnvironments environments;
  std::vector<std::unique_ptr<TestCall>> calls;
};

const outside::CallTerms kEvent{};

LambdaSpec plain() {
  LambdaSpec spec = test::aws_2020_functions();
  spec.unreserved_concurrency_least = 0;
  return spec;
}

FunctionConfig config_of(const std::string& name) {
  FunctionConfig config;
  config.name = name;
  config.memory_mb = 1024;
  config.time_limit = 60_s;
  return config;
}

TEST_CASE("a call from outside sees its 429 at once, with the reason, and is not tried again",
          "[functions]") {
  LambdaSpec spec = plain();
  spec.account_concurrency = 1;
  spec.requests_per_s_per_concurrency = 100;
  Rig rig(spec);
  const FunctionId function = rig.function();
  const TestCall& first = rig.call_at(0_s, function, 5_s);
  const TestCall& second = rig.call_at(1_s, function, 5_s);
  rig.engine.run();
  CHECK_FALSE(first.refusal);
  CHECK(first.ends == std::vector{CallEnd::succeeded});
  CHECK(second.refusal == ThrottleReason::account_concurrency);
  CHECK(second.ends.empty());
  CHECK(second.hosts.empty());
  CHECK(rig.lambda.statistics().throttles == 1);
  CHECK(rig.lambda.unfinished() == 0);
}

TEST_CASE("the ramp of accepted calls is the scaling rule's, to the call", "[functions]") {
  LambdaSpec spec = plain();
  spec.account_concurrency = 100;
  spec.scaling = {.scope = ScalingScope::function,
                  .burst = 10,
                  .refill = 10,
                  .refill_period = Duration::seconds(10)};
  Rig rig(spec);
  const FunctionId function = rig.function();
  // 30 calls at each whole second, of 100 s each: the bucket has 10 at the start, and one more in
  // each second.
  for (int second = 0; second < 6; ++second)
    for (int i = 0; i < 30; ++i) rig.call_at(Duration::seconds(second), function, 50_s);
  rig.engine.run();
  std::vector<int> accepted(6);
  for (size_t i = 0; i < rig.calls.size(); ++i)
    if (!rig.calls[i]->refusal) ++accepted[i / 30];
  CHECK(accepted == std::vector<int>{10, 1, 1, 1, 1, 1});
  CHECK(rig.environments.there.size() == 15);
}

TEST_CASE("an environment whose handler has caught an error serves again", "[functions]") {
  Rig rig(plain());
  const FunctionId function = rig.function();
  rig.call_at(0_s, function, 1_s, HandlerResult::error_and_warm);
  rig.call_at(10_s, function, 1_s, HandlerResult::error);
  rig.call_at(20_s, function, 1_s);
  rig.engine.run();
  CHECK(rig.calls[0]->ends == std::vector{CallEnd::failed});
  CHECK(rig.calls[1]->hosts == rig.calls[0]->hosts);
  CHECK(rig.calls[2]->hosts != rig.calls[0]->hosts);
  CHECK(rig.lambda.statistics().cold_starts == 2);
  CHECK(rig.environments.there.size() == 1);
}

TEST_CASE("what takes longer to come up than in the model is billed as initialization",
          "[functions]") {
  const auto billed = [](Duration takes) {
    LambdaSpec spec = plain();
    spec.billing.initialization = true;
    Rig rig(spec);
    rig.environments.takes = takes;
    rig.call_at(0_s, rig.function(), 1_s);
    rig.engine.run();
    return rig.lambda.statistics().billed_time;
  };
  CHECK(billed(2_s) - billed(Duration::zero()) == 2_s);
}

TEST_CASE("an event has its own retries and its own age", "[functions]") {
  LambdaSpec spec = plain();
  spec.account_concurrency = 1;
  spec.async_events.retry_waits_s = {1, 1};
  Rig rig(spec);
  const FunctionId function = rig.function();
  const TestCall& once = rig.call_at(0_s, function, 1_s, HandlerResult::error, {.retries = 0});
  const TestCall& often = rig.call_at(10_s, function, 1_s, HandlerResult::error, kEvent);
  rig.call_at(100_s, function, 50_s);
  const TestCall& late =
      rig.call_at(101_s, function, 1_s, HandlerResult::success, {.age_most = 3_s});
  rig.engine.run();
  CHECK(once.hosts.size() == 1);
  CHECK(often.hosts.size() == 3);
  CHECK(often.ends == std::vector{CallEnd::failed});
  CHECK(late.ends == std::vector{CallEnd::aged_out});
  CHECK(late.at < Time::at(110_s));
}

TEST_CASE("a changed function has new environments, and what runs ends where it runs",
          "[functions]") {
  Rig rig(plain());
  const FunctionId old = rig.lambda.add_function(config_of("f"));
  FunctionId changed;
  rig.call_at(0_s, old, 1_s);
  rig.call_at(10_s, old, 10_s);
  rig.engine.spawn(rig.do_at(15_s, [&] { changed = rig.lambda.change(old, config_of("f")); }),
                   "an update");
  rig.engine.spawn(rig.do_at(30_s,
                             [&] {
                               CHECK(rig.environments.there.empty());
                               rig.call_at(0_s, changed, 1_s);
                             }),
                   "a look");
  rig.engine.run();
  CHECK(rig.calls[0]->hosts == rig.calls[1]->hosts);
  CHECK(rig.calls[1]->ends == std::vector{CallEnd::succeeded});
  CHECK(rig.calls[2]->hosts != rig.calls[0]->hosts);
}

TEST_CASE("events that wait go on with the function's successor, or are given up with it",
          "[functions]") {
  LambdaSpec spec = plain();
  spec.async_events.retry_waits_s = {10, 10};
  Rig rig(spec);
  const FunctionId kept = rig.lambda.add_function(config_of("kept"));
  const FunctionId gone = rig.lambda.add_function(config_of("gone"));
  const TestCall& first = rig.call_at(0_s, kept, 1_s, HandlerResult::error, kEvent);
  const TestCall& second = rig.call_at(0_s, gone, 1_s, HandlerResult::error, kEvent);
  rig.engine.spawn(rig.do_at(5_s,
                             [&] {
                               rig.lambda.change(kept, config_of("kept"));
                               rig.lambda.remove(gone);
                             }),
                   "an update");
  rig.engine.run();
  CHECK(first.hosts.size() == 3);
  CHECK(first.ends == std::vector{CallEnd::failed});
  CHECK(second.hosts.size() == 1);
  CHECK(second.ends == std::vector{CallEnd::function_gone});
}

TEST_CASE("versions share what is reserved, and a reservation can change while they run",
          "[functions]") {
  LambdaSpec spec = plain();
  spec.account_concurrency = 10;
  spec.requests_per_s_per_concurrency = 100;
  Rig rig(spec);
  FunctionConfig config = config_of("f");
  config.reserved_concurrency = 3;
  const FunctionId function = rig.lambda.add_function(config);
  const FunctionId version = rig.lambda.add_version(function, config_of("f"));
  const FunctionId other = rig.lambda.add_function(config_of("other"));
  rig.call_at(0_s, function, 50_s);
  rig.call_at(0_s, version, 50_s);
  rig.call_at(0_s, version, 50_s);
  const TestCall& fourth = rig.call_at(1_s, function, 50_s);
  rig.engine.spawn(rig.do_at(2_s, [&] { rig.lambda.reserve(function, 1); }), "less");
  for (int i = 0; i < 9; ++i) rig.call_at(3_s, other, 1_s);
  rig.engine.spawn(rig.do_at(60_s, [&] { rig.lambda.reserve(function, std::nullopt); }), "all");
  for (int i = 0; i < 10; ++i) rig.call_at(61_s, version, 1_s);
  rig.engine.run();
  CHECK(fourth.refusal == ThrottleReason::reserved_concurrency);
  int taken = 0;
  for (size_t i = 4; i < 13; ++i) taken += rig.calls[i]->refusal ? 0 : 1;
  CHECK(taken == 7);  // 10, less the 3 that still run
  for (size_t i = 13; i < 23; ++i) CHECK_FALSE(rig.calls[i]->refusal);
}

TEST_CASE("what was provisioned for a function that changes is neither there nor paid for",
          "[functions]") {
  LambdaSpec spec = plain();
  spec.provisioned.ready_after = 10_s;
  spec.provisioned.billing_period = 60_s;
  Rig rig(spec);
  FunctionConfig config = config_of("f");
  config.provisioned_concurrency = 2;
  const FunctionId function = rig.lambda.add_function(config);
  rig.call_at(20_s, function, 1_s);
  Money after_change;
  rig.engine.spawn(rig.do_at(30_s,
                             [&] {
                               CHECK(rig.environments.spares == 2);
                               rig.lambda.change(function, config_of("f"));
                               CHECK(rig.environments.there.empty());
                               after_change = rig.ledger.total();
                             }),
                   "an update");
  rig.engine.spawn(rig.do_at(500_s, [] {}), "time");
  rig.engine.run();
  CHECK(rig.ledger.total() == after_change);
  CHECK(rig.service.levels().environments.level() == 0);
}

}  // namespace
}  // namespace wukong::functions
