// What a handler, a trace and a retrying client see of the function service.
#include "sim/functions/environment.h"

#include <cmath>

#include "test/catch.h"
#include "test/sim/platform/lambda_rig.h"

namespace wukong::functions {
namespace {

using literals::operator""_s;
using literals::operator""_ms;

// An environment as a handler found it when it began.
struct SeenEnvironment {
  hosts::Host host;
  FunctionId function;
  Time created;
  Time deadline;
  uint32_t invocations = 0;
};

engine::Task<> invoke_each_second(test::LambdaRig& rig, FunctionId function,
                                  std::vector<SeenEnvironment>& seen) {
  for (int i = 0; i < 3; ++i) {
    Handler handler = [&rig, &seen](Environment& environment) {
      seen.push_back({environment.host, environment.function, environment.created,
                      environment.deadline, environment.invocations});
      return test::run_for(rig.engine, 100_ms);
    };
    co_await rig.lambda.invoke_sync(rig.client_host, function, Bytes(0), std::move(handler));
    co_await rig.engine.sleep(1_s);
  }
}

TEST_CASE("an environment knows its age, its function and how many invocations it has begun") {
  test::LambdaRig rig(test::aws_2020_functions());
  rig.function();
  const FunctionId function = rig.function(30_s);
  std::vector<SeenEnvironment> seen;
  rig.engine.spawn(invoke_each_second(rig, function, seen), "client");
  rig.engine.run();
  REQUIRE(seen.size() == 3);
  for (uint32_t i = 0; i < 3; ++i) {
    CHECK(seen[i].invocations == i + 1);
    CHECK(seen[i].created == Time::zero());
    CHECK(seen[i].function == function);
    CHECK(seen[i].host.id == seen[0].host.id);
  }
  // Cold for 100 ms; the next one starts when the first has run 100 ms and the client slept 1 s.
  CHECK(seen[0].deadline.to_seconds() == Approx(30.1));
  CHECK(seen[1].deadline.to_seconds() == Approx(31.2));
}

engine::Task<> invoke_once(test::LambdaRig& rig, FunctionId function,
                           std::vector<SeenEnvironment>& seen) {
  Handler handler = [&rig, &seen](Environment& environment) {
    seen.push_back({environment.host, environment.function, environment.created,
                    environment.deadline, environment.invocations});
    return test::run_for(rig.engine, 1_s);
  };
  co_await rig.lambda.invoke_async(rig.client_host, function, Bytes(0), std::move(handler));
}

std::vector<SeenEnvironment> thousand_at_once(double speed_sigma) {
  LambdaSpec spec = test::aws_2020_functions();
  spec.environment.speed_sigma = speed_sigma;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  std::vector<SeenEnvironment> seen;
  for (int i = 0; i < 1000; ++i) rig.engine.spawn(invoke_once(rig, function, seen), "client");
  rig.engine.run();
  return seen;
}

TEST_CASE("speeds of environments are lognormal around 1, for arithmetic and products alike") {
  const std::vector<SeenEnvironment> seen = thousand_at_once(0.2);
  REQUIRE(seen.size() == 1000);
  double sum = 0;
  double squares = 0;
  for (const SeenEnvironment& environment : seen) {
    CHECK(environment.host.product_speed == environment.host.vcpu_speed);
    const double logarithm = std::log(environment.host.vcpu_speed);
    sum += logarithm;
    squares += logarithm * logarithm;
  }
  // Deviations of these estimates: 0.2 / sqrt(1000) = 0.0063, 0.2 / sqrt(2000) = 0.0045.
  CHECK(std::abs(sum / 1000) < 4 * 0.0063);
  CHECK(std::abs(std::sqrt(squares / 1000) - 0.2) < 4 * 0.0045);
}

TEST_CASE("without a spread all environments are equally fast") {
  for (const SeenEnvironment& environment : thousand_at_once(0))
    CHECK(environment.host.vcpu_speed == 1);
}

TEST_CASE("a warm environment is as fast as it was") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.environment.speed_sigma = 0.2;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function(30_s);
  std::vector<SeenEnvironment> seen;
  rig.engine.spawn(invoke_each_second(rig, function, seen), "client");
  rig.engine.run();
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].host.vcpu_speed != 1);
  CHECK(seen[1].host.vcpu_speed == seen[0].host.vcpu_speed);
  CHECK(seen[2].host.vcpu_speed == seen[0].host.vcpu_speed);
}

TEST_CASE("the trace tells acceptance, start and end of an invocation, with what it was billed") {
  test::LambdaRig rig(test::aws_2020_functions());
  const FunctionId function = rig.function();
  rig.invoke_async_at(1_s, function, 1_s);
  rig.invoke_async_at(2_s, function, 130_ms, HandlerResult::error);
  rig.spec.async_events.retry_waits_s.clear();
  rig.engine.run();
  REQUIRE(rig.trace.of(engine::TraceKind::invoked).size() == 2);
  const auto started = rig.trace.of(engine::TraceKind::started);
  const auto finished = rig.trace.of(engine::TraceKind::finished);
  const auto failed = rig.trace.of(engine::TraceKind::failed);
  REQUIRE(finished.size() == 1);
  REQUIRE(failed.size() == 1);
  CHECK(finished[0].actor == rig.trace.of(engine::TraceKind::invoked)[0].actor);
  CHECK(finished[0].subject == started[0].subject);
  CHECK(finished[0].value == (1_s).count_ns());
  CHECK(failed[0].actor == rig.trace.of(engine::TraceKind::invoked)[1].actor);
  CHECK(failed[0].subject == started[1].subject);
}

TEST_CASE("with jitter a client waits a uniform part of 1, 2, 4, 8 s") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.account_concurrency = 1;
  spec.requests_per_s_per_concurrency = 1e6;
  spec.client_retry.jitter = true;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  rig.invoke_sync_at(0_s, function, 400_s);
  constexpr int kClients = 2000;
  for (int i = 0; i < kClients; ++i) rig.invoke_sync_at(1_s, function, 1_s);
  rig.engine.run();
  REQUIRE(rig.answered(InvokeReply::throttled) == kClients);
  double sum = 0;
  for (const auto& answer : rig.answers) {
    if (answer.reply != InvokeReply::throttled) continue;
    CHECK(answer.time < 16_s);
    sum += answer.time.to_seconds() - 1;
  }
  // Mean 15 / 2 s; variance (1 + 4 + 16 + 64) / 12 = 7.1, so the mean of 2000 has a deviation of
  // 0.06 s.
  CHECK(std::abs(sum / kClients - 7.5) < 0.25);
}

TEST_CASE("a throttled event never backs off longer than the longest wait") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.account_concurrency = 1;
  spec.async_events.backoff_most = 5_s;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  rig.invoke_async_at(0_s, function, 20_s);
  rig.invoke_async_at(0_s, function, 1_s);
  rig.engine.run();
  // Waits 1, 2, 4, then 5 s each.
  CHECK(rig.trace.seconds_of(engine::TraceKind::throttled) ==
        std::vector<double>{0, 1, 3, 7, 12, 17});
  CHECK(rig.trace.seconds_of(engine::TraceKind::started)[1] == 22);
}

TEST_CASE("an event whose handler says why it gives up is dropped with that as the cause") {
  test::LambdaRig rig(test::aws_2020_functions());
  const FunctionId function = rig.function();
  Handler handler = [&](Environment& environment) {
    environment.failure = "the store is full";
    return test::run_for(rig.engine, 1_s, HandlerResult::error);
  };
  const auto client = [](test::LambdaRig& on, FunctionId called, Handler work) -> engine::Task<> {
    co_await on.lambda.invoke_async(on.client_host, called, Bytes(0), std::move(work));
  };
  rig.engine.spawn(client(rig, function, std::move(handler)), "client");
  rig.engine.run();
  CHECK_THAT(rig.lambda.statistics().first_drop,
             Catch::Contains("its handler failed: the store is full (3 times)"));
}

}  // namespace
}  // namespace wukong::functions
