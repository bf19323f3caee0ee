#include "sim/functions/admission.h"

#include "test/catch.h"
#include "test/sim/platform/lambda_rig.h"

namespace wukong::functions {
namespace {

using literals::operator""_s;
using literals::operator""_ms;
using literals::operator""_ns;

Time at(Duration since_start) { return Time::at(since_start); }

size_t take_all(Admission& admission, FunctionId function, Time now) {
  size_t taken = 0;
  while (admission.take_new_environment(function, now)) ++taken;
  return taken;
}

TEST_CASE("a token bucket gains refill x time / period tokens, to the nanosecond") {
  TokenBucket bucket(3, 500, 60_s, Time::zero());
  for (int i = 0; i < 3; ++i) CHECK(bucket.take(Time::zero()));
  CHECK_FALSE(bucket.take(Time::zero()));
  // One token each 60 s / 500 = 120 ms.
  CHECK_FALSE(bucket.take(at(120_ms - 1_ns)));
  CHECK(bucket.take(at(120_ms)));
  CHECK_FALSE(bucket.take(at(240_ms - 1_ns)));
  CHECK(bucket.take(at(240_ms)));
  // It never holds more than its capacity.
  CHECK(bucket.available(at(3600_s)) == 3);
}

TEST_CASE("asking a token bucket often loses no part of a token") {
  TokenBucket bucket(10, 1, 1_s, Time::zero());
  while (bucket.take(Time::zero())) continue;
  for (int64_t ms = 1; ms < 1000; ++ms)
    CHECK(bucket.available(at(Duration::milliseconds(ms))) == 0);
  CHECK(bucket.available(at(1_s)) == 1);
}

TEST_CASE("before November 2023 all functions share a burst of 3000 and then 500 a minute") {
  Admission admission(test::aws_2020_functions(), Time::zero());
  admission.add_function({}, Time::zero());
  admission.add_function({}, Time::zero());
  for (int i = 0; i < 1000; ++i) CHECK(admission.take_new_environment(FunctionId(0), Time::zero()));
  CHECK(take_all(admission, FunctionId(1), Time::zero()) == 2000);
  CHECK(take_all(admission, FunctionId(0), Time::zero()) == 0);
  CHECK(take_all(admission, FunctionId(0), at(60_s)) == 500);
  CHECK(take_all(admission, FunctionId(1), at(90_s)) == 250);
}

TEST_CASE("since November 2023 each function gets 1000 environments in 10 s, and saves none up") {
  Admission admission(test::aws_2024_functions(), Time::zero());
  admission.add_function({}, Time::zero());
  admission.add_function({}, Time::zero());
  CHECK(take_all(admission, FunctionId(0), Time::zero()) == 1000);
  CHECK(take_all(admission, FunctionId(1), Time::zero()) == 1000);
  CHECK(take_all(admission, FunctionId(0), at(1_s)) == 100);
  CHECK(take_all(admission, FunctionId(0), at(3600_s)) == 1000);
}

TEST_CASE("the API takes ten requests a second for each unit of concurrency") {
  Admission admission(test::aws_2020_functions(), Time::zero());
  size_t accepted = 0;
  while (admission.accept_request(Time::zero())) ++accepted;
  CHECK(accepted == 10'000);
  // One more each 100 us.
  CHECK_FALSE(admission.accept_request(at(Duration::microseconds(99))));
  CHECK(admission.accept_request(at(Duration::microseconds(100))));
}

// The worked example of AWS' operator guide, "on-demand scaling example".
TEST_CASE("of 10,000 simultaneous requests 3000 are served, and 3500 a minute later") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.account_concurrency = 10'000;
  spec.client_retry.attempts = 1;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  for (int i = 0; i < 10'000; ++i) rig.invoke_sync_at(0_s, function, 30_s);
  for (int i = 0; i < 10'000; ++i) rig.invoke_sync_at(60_s, function, 1_s);
  rig.engine.run();
  CHECK(rig.answered(InvokeReply::accepted) == 3000 + 3500);
  CHECK(rig.answered(InvokeReply::throttled) == 7000 + 6500);
  CHECK(rig.lambda.statistics().cold_starts == 3000 + 500);
  CHECK(rig.lambda.statistics().peak_concurrency == 3500);
}

TEST_CASE("running invocations never exceed the account's concurrency, over all functions") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.account_concurrency = 100;
  spec.requests_per_s_per_concurrency = 1000;
  test::LambdaRig rig(spec);
  const FunctionId one = rig.function();
  const FunctionId other = rig.function();
  RandomStream random(7, "lengths");
  for (int i = 0; i < 3000; ++i)
    rig.invoke_async_at(0_s, i % 2 == 0 ? one : other,
                        Duration::from_seconds(random.exponential(2)));
  rig.engine.run();
  size_t running = 0;
  size_t most = 0;
  for (const engine::TraceRecord& record : rig.trace.records) {
    if (record.kind == engine::TraceKind::started) most = std::max(most, ++running);
    if (record.kind == engine::TraceKind::finished) --running;
  }
  CHECK(most == 100);
  CHECK(rig.lambda.statistics().peak_concurrency == 100);
  CHECK(rig.lambda.statistics().invocations == 3000);
  CHECK(rig.lambda.statistics().dropped == 0);
}

}  // namespace
}  // namespace wukong::functions
