#include "sim/functions/lambda_service.h"

#include "sim/base/error.h"
#include "sim/functions/environment.h"
#include "test/catch.h"
#include "test/sim/platform/lambda_rig.h"

namespace wukong::functions {
namespace {

using literals::operator""_s;
using literals::operator""_ms;

// Cold starts take 100 ms, see aws_2020_functions().

TEST_CASE("the first start is cold, the next one finds the environment warm") {
  test::LambdaRig rig(test::aws_2020_functions());
  const FunctionId function = rig.function();
  rig.invoke_async_at(0_s, function, 1_s);
  rig.invoke_async_at(5_s, function, 1_s);
  rig.engine.run();
  const auto started = rig.trace.of(engine::TraceKind::started);
  REQUIRE(started.size() == 2);
  CHECK(started[0].time.to_seconds() == Approx(0.1));
  CHECK(started[0].value == 1);
  CHECK(started[1].time.to_seconds() == 5);
  CHECK(started[1].value == 0);
  CHECK(started[0].subject == started[1].subject);
  CHECK(rig.lambda.statistics().cold_starts == 1);
  CHECK(rig.service.levels().environments.level() == 1);
}

TEST_CASE("a request never waits at a busy environment: it gets one of its own") {
  test::LambdaRig rig(test::aws_2020_functions());
  const FunctionId function = rig.function();
  for (int i = 0; i < 50; ++i) rig.invoke_async_at(0_s, function, 1_s);
  rig.engine.run();
  CHECK(rig.lambda.statistics().peak_concurrency == 50);
  CHECK(rig.engine.now().to_seconds() == Approx(1.1));
}

TEST_CASE("an asynchronous call costs its caller overhead and payload, then the start latency") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.invocation.overhead = 50_ms;
  spec.invocation.start_latency = 11_ms;
  spec.invocation.payload_bandwidth = Bandwidth::bytes_per_second(33'000'000);
  spec.warm_pool.prewarmed = 1;
  test::LambdaRig rig(spec);
  rig.payload = Bytes(66'000);  // 2 ms
  rig.invoke_async_at(0_s, rig.function(), 1_s);
  rig.engine.run();
  REQUIRE(rig.answers.size() == 1);
  CHECK(rig.answers[0].time == 52_ms);
  CHECK(rig.trace.seconds_of(engine::TraceKind::started) == std::vector{0.063});
}

TEST_CASE("a synchronous caller waits for the end") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.invocation.overhead = 50_ms;
  test::LambdaRig rig(spec);
  rig.invoke_sync_at(0_s, rig.function(), 2_s);
  rig.engine.run();
  REQUIRE(rig.answers.size() == 1);
  CHECK(rig.answers[0].reply == InvokeReply::accepted);
  CHECK(rig.answers[0].time.to_seconds() == Approx(0.05 + 0.1 + 2));
}

TEST_CASE("a failed asynchronous invocation is tried again after 60 s and 120 s, then dropped") {
  test::LambdaRig rig(test::aws_2020_functions());
  rig.invoke_async_at(0_s, rig.function(), 1_s, HandlerResult::error);
  rig.engine.run();
  // Each time in a new environment: cold at 0, 1.1 + 60, 62.2 + 120 s, each 0.1 s later.
  const auto started = rig.trace.seconds_of(engine::TraceKind::started);
  REQUIRE(started.size() == 3);
  CHECK(started[0] == Approx(0.1));
  CHECK(started[1] == Approx(61.2));
  CHECK(started[2] == Approx(182.3));
  const LambdaStatistics& statistics = rig.lambda.statistics();
  CHECK(statistics.retries == 2);
  CHECK(statistics.dropped == 1);
  CHECK(rig.service.levels().environments.level() == 0);
  CHECK_THAT(statistics.first_drop, Catch::Contains("its handler failed"));
  CHECK(rig.hosts.existing() == 0);
}

TEST_CASE("a retry that succeeds is the end of it") {
  test::LambdaRig rig(test::aws_2020_functions());
  const FunctionId function = rig.function();
  int tries = 0;
  Handler handler = [&](Environment&) {
    return test::run_for(rig.engine, 1_s,
                         ++tries < 2 ? HandlerResult::error : HandlerResult::success);
  };
  const auto client = [](test::LambdaRig& on, FunctionId called, Handler work) -> engine::Task<> {
    co_await on.lambda.invoke_async(on.client_host, called, Bytes(0), std::move(work));
  };
  rig.engine.spawn(client(rig, function, std::move(handler)), "client");
  rig.engine.run();
  CHECK(tries == 2);
  CHECK(rig.lambda.statistics().retries == 1);
  CHECK(rig.lambda.statistics().dropped == 0);
  CHECK(rig.service.levels().environments.level() == 1);
}

TEST_CASE("a synchronous invocation that fails is not retried: its caller is told") {
  test::LambdaRig rig(test::aws_2020_functions());
  rig.invoke_sync_at(0_s, rig.function(), 1_s, HandlerResult::error);
  rig.engine.run();
  CHECK(rig.answered(InvokeReply::failed) == 1);
  CHECK(rig.lambda.statistics().invocations == 1);
  CHECK(rig.lambda.statistics().dropped == 0);
}

TEST_CASE(
    "an event that is given up keeps the cause of its first failure beside that of its last") {
  test::LambdaRig rig(test::aws_2020_functions());
  const FunctionId function = rig.function(2_s);
  int tries = 0;
  Handler handler = [&](Environment&) {
    return test::run_for(rig.engine, ++tries == 1 ? 5_s : 1_s, HandlerResult::error);
  };
  const auto client = [](test::LambdaRig& on, FunctionId called, Handler work) -> engine::Task<> {
    co_await on.lambda.invoke_async(on.client_host, called, Bytes(0), std::move(work));
  };
  rig.engine.spawn(client(rig, function, std::move(handler)), "client");
  rig.engine.run();
  const LambdaStatistics& statistics = rig.lambda.statistics();
  CHECK_THAT(statistics.first_drop,
             Catch::Contains("after 2 retries: first it ran into its time limit of 2"));
  CHECK_THAT(statistics.first_drop, Catch::Contains("(once), at last its handler failed (twice)"));
  CHECK(statistics.failures.count() == 3);
}

struct Guard {
  explicit Guard(int& living) : count(living) { ++count; }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard() { --count; }
  int& count;
};

engine::Task<HandlerResult> guarded_sleep(engine::Engine& engine, int& living) {
  const Guard guard(living);
  co_await engine.sleep(Duration::seconds(1000));
  co_return HandlerResult::success;
}

TEST_CASE("at the time limit the handler is destroyed, the limit billed, the environment reset") {
  test::LambdaRig rig(test::aws_2020_functions());
  const FunctionId function = rig.function(7_s);
  int living = 0;
  Handler handler = [&](Environment& environment) {
    CHECK(environment.deadline == rig.engine.now() + 7_s);
    return guarded_sleep(rig.engine, living);
  };
  const auto client = [](test::LambdaRig& on, FunctionId called, Handler work,
                         const int& left) -> engine::Task<> {
    const auto reply =
        co_await on.lambda.invoke_sync(on.client_host, called, Bytes(0), std::move(work));
    on.answers.push_back({on.engine.now().since_start(), reply});
    CHECK(left == 0);
  };
  rig.engine.spawn(client(rig, function, std::move(handler), living), "client");
  rig.engine.run();
  CHECK(rig.answered(InvokeReply::failed) == 1);
  CHECK(rig.engine.now().to_seconds() == Approx(7.1));
  const LambdaStatistics& statistics = rig.lambda.statistics();
  CHECK(statistics.timeouts == 1);
  CHECK(statistics.billed_time == 7_s);
  CHECK(rig.service.levels().environments.level() == 0);
  CHECK(statistics.concurrency == 0);
  CHECK(rig.hosts.existing() == 0);
}

TEST_CASE("the time limit finds each late invocation among many that end in time") {
  test::LambdaRig rig(test::aws_2020_functions());
  const FunctionId function = rig.function(10_s);
  rig.invoke_sync_at(0_s, function, 3_s);
  rig.invoke_sync_at(1_s, function, 30_s);
  rig.invoke_sync_at(2_s, function, 9_s);
  rig.invoke_sync_at(3_s, function, 40_s);
  rig.engine.run();
  CHECK(rig.lambda.statistics().timeouts == 2);
  const auto failed = rig.trace.seconds_of(engine::TraceKind::failed);
  REQUIRE(failed.size() == 2);
  CHECK(failed[0] == Approx(11.1));
  // It starts cold: the first one's environment is given back at 3.1 s.
  CHECK(failed[1] == Approx(13.1));
}

TEST_CASE("a timed-out asynchronous invocation is retried, and the reason of its drop is kept") {
  test::LambdaRig rig(test::aws_2020_functions());
  rig.invoke_async_at(0_s, rig.function(2_s), 5_s);
  rig.engine.run();
  CHECK(rig.lambda.statistics().timeouts == 3);
  CHECK(rig.lambda.statistics().dropped == 1);
  CHECK_THAT(rig.lambda.statistics().first_drop, Catch::Contains("time limit of 2"));
}

TEST_CASE("a throttled synchronous caller backs off 1, 2, 4, 8 s and then sees a 429") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.account_concurrency = 1;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  rig.invoke_sync_at(0_s, function, 100_s);
  rig.invoke_sync_at(1_s, function, 1_s);
  rig.engine.run();
  REQUIRE(rig.answers.size() == 2);
  CHECK(rig.answers[0].reply == InvokeReply::throttled);
  CHECK(rig.answers[0].time == 16_s);
  CHECK(rig.lambda.statistics().throttles == 5);
  CHECK(rig.usage.count_of(accounting::Operation::retry) == 4);
}

TEST_CASE("a caller that backs off gets in when there is room again") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.account_concurrency = 1;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  rig.invoke_sync_at(0_s, function, 5_s);
  rig.invoke_sync_at(1_s, function, 1_s);
  rig.engine.run();
  CHECK(rig.answered(InvokeReply::accepted) == 2);
  // Tries at 1, 2, 4 and 8 s; the environment is warm by then.
  CHECK(rig.engine.now().to_seconds() == Approx(9));
}

TEST_CASE("a throttled event is accepted and backs off 1, 2, 4, ... s inside the service") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.account_concurrency = 1;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  rig.invoke_async_at(0_s, function, 20_s);
  rig.invoke_async_at(1_s, function, 1_s);
  rig.engine.run();
  REQUIRE(rig.answers.size() == 2);
  CHECK(rig.answers[1].reply == InvokeReply::accepted);
  CHECK(rig.answers[1].time == 1_s);
  // Tries at 1, 2, 4, 8, 16 and 32 s, the last one with success.
  CHECK(rig.trace.seconds_of(engine::TraceKind::throttled) == std::vector<double>{1, 2, 4, 8, 16});
  CHECK(rig.trace.seconds_of(engine::TraceKind::started)[1] == 32);
}

TEST_CASE("an event that is throttled for longer than the age limit is dropped") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.account_concurrency = 1;
  spec.async_events.age_limit = 100_s;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  rig.invoke_async_at(0_s, function, 400_s);
  rig.invoke_async_at(0_s, function, 1_s);
  rig.engine.run();
  CHECK(rig.lambda.statistics().dropped == 1);
  CHECK(rig.lambda.statistics().invocations == 1);
  CHECK(rig.lambda.statistics().aged_out == 1);
  CHECK_THAT(rig.lambda.statistics().first_drop,
             Catch::Contains("throttled for longer than the 100 s") &&
                 Catch::Contains("account_concurrency would help"));
}

TEST_CASE("over the request rate an asynchronous caller sees 429s, too") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.account_concurrency = 10;
  spec.client_retry.attempts = 1;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  for (int i = 0; i < 150; ++i) rig.invoke_async_at(0_s, function, 1_ms);
  rig.engine.run();
  // 10 requests/s for each of 10: 100 at once.
  CHECK(rig.answered(InvokeReply::accepted) == 100);
  CHECK(rig.answered(InvokeReply::throttled) == 50);
  CHECK_THAT(rig.lambda.statistics().first_refusal,
             Catch::Contains("the API takes 100 requests a second, 10 for each") &&
                 Catch::Contains("a larger platform.functions.account_concurrency"));
  CHECK(rig.lambda.statistics().invocations == 100);
}

TEST_CASE("payloads up to the limit pass, one byte more does not") {
  test::LambdaRig rig(test::aws_2020_functions());
  const FunctionId function = rig.function();
  const auto synchronous = GENERATE(true, false);
  const Bytes limit = synchronous ? Bytes::mebi(6) : Bytes::kibi(256);
  const auto invoke = [&](Bytes payload) {
    rig.payload = payload;
    synchronous ? rig.invoke_sync_at(0_s, function, 1_s) : rig.invoke_async_at(0_s, function, 1_s);
    rig.engine.run();
    return rig.answers.back().reply;
  };
  CHECK(invoke(limit) == InvokeReply::accepted);
  CHECK(invoke(limit + Bytes(1)) == InvokeReply::payload_too_large);
  CHECK(rig.lambda.statistics().invocations == 1);
}

TEST_CASE("prewarmed environments start warm, and become hosts only when they are used") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.warm_pool.prewarmed = 500;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  CHECK(rig.service.levels().environments.level() == 500);
  CHECK(rig.hosts.existing() == 0);
  for (int i = 0; i < 501; ++i) rig.invoke_async_at(0_s, function, 1_s);
  rig.engine.run();
  CHECK(rig.hosts.existing() == 501);
  CHECK(rig.lambda.statistics().cold_starts == 1);
}

TEST_CASE("evicted environments take their network links with them") {
  test::LambdaRig rig(test::aws_2020_functions());
  const FunctionId function = rig.function();
  for (int i = 0; i < 20; ++i) rig.invoke_async_at(0_s, function, 1_s);
  rig.invoke_async_at(1000_s, function, 1_s);
  rig.engine.run();
  CHECK(rig.hosts.existing() == 1);
  CHECK(rig.service.levels().environments.level() == 1);
  CHECK(rig.service.levels().environments.peak() == 20);
  CHECK(rig.lambda.statistics().cold_starts == 21);
}

TEST_CASE("an environment has the share of vCPUs and the memory that its function asks for") {
  test::LambdaRig rig(test::aws_2020_functions());
  const FunctionId function = rig.function(420_s, 896);
  hosts::Host host;
  Handler handler = [&](Environment& environment) {
    host = environment.host;
    return test::run_for(rig.engine, 1_ms);
  };
  const auto client = [](test::LambdaRig& on, FunctionId called, Handler work) -> engine::Task<> {
    co_await on.lambda.invoke_async(on.client_host, called, Bytes(0), std::move(work));
  };
  rig.engine.spawn(client(rig, function, std::move(handler)), "client");
  rig.engine.run();
  CHECK(host.vcpus == 0.5);  // 896 / 1792
  CHECK(host.memory == Bytes::mebi(896));
  CHECK(host.inbound.valid());
  CHECK(host.outbound.valid());
  CHECK(host.inbound != host.outbound);
  CHECK(rig.lambda.vcpus(function) == 0.5);
}

TEST_CASE("a function that the platform does not offer is an error") {
  test::LambdaRig rig(test::aws_2020_functions());
  CHECK_THROWS_AS(rig.function(420_s, 64), Error);
  CHECK_THROWS_AS(rig.function(420_s, 3009), Error);
  CHECK_THROWS_AS(rig.function(901_s, 1024), Error);
}

TEST_CASE("an invocation goes on when its caller is killed, whether it waits or still calls") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.invocation.overhead = 50_ms;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  const auto call = [](test::LambdaRig& on, FunctionId called) -> engine::Task<> {
    Handler work = on.handler(10_s);
    co_await on.lambda.invoke_sync(on.client_host, called, Bytes(0), std::move(work));
  };
  engine::Process& waiting = rig.engine.spawn(call(rig, function), "waiting caller");
  const auto killer = [](test::LambdaRig& on, FunctionId called, engine::Process& victim,
                         decltype(call) call_function) -> engine::Task<> {
    co_await on.engine.sleep(1_s);
    on.engine.kill(victim);
    engine::Process& calling = on.engine.spawn(call_function(on, called), "calling caller");
    co_await on.engine.sleep(10_ms);
    on.engine.kill(calling);  // its request has not arrived: nothing runs
    co_await on.engine.sleep(100_s);
  };
  rig.engine.spawn(killer(rig, function, waiting, call), "killer");
  rig.engine.run();
  CHECK(rig.lambda.statistics().invocations == 1);
  CHECK(rig.trace.of(engine::TraceKind::finished).size() == 1);
}

TEST_CASE("what is left of a service in full work is destroyed with it") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.account_concurrency = 10;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  for (int i = 0; i < 30; ++i) rig.invoke_async_at(0_s, function, 100_s);
  for (int i = 0; i < 30; ++i) rig.invoke_sync_at(0_s, function, 100_s);
  const auto failing = [](engine::Engine& engine) -> engine::Task<> {
    co_await engine.sleep(5_s);
    throw std::runtime_error("the run is given up");
  };
  rig.engine.spawn(failing(rig.engine), "failing");
  CHECK_THROWS_WITH(rig.engine.run(), "the run is given up");
  CHECK(rig.lambda.statistics().concurrency == 10);
}

}  // namespace
}  // namespace wukong::functions
