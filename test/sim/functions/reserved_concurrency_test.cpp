// Concurrency that belongs to one function: reserved, and provisioned.
#include "sim/base/error.h"
#include "sim/functions/admission.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/functions/throttle_reason.h"
#include "test/catch.h"
#include "test/sim/platform/lambda_rig.h"

namespace wukong::functions {
namespace {

using literals::operator""_s;
using literals::operator""_ms;

FunctionConfig small(const std::string& name) {
  FunctionConfig config;
  config.name = name;
  config.memory_mb = 1024;
  config.time_limit = 420_s;
  return config;
}

FunctionConfig reserving(int64_t concurrency) {
  FunctionConfig config = small("reserving");
  config.reserved_concurrency = concurrency;
  return config;
}

FunctionConfig provisioning(int64_t concurrency) {
  FunctionConfig config = small("provisioning");
  config.provisioned_concurrency = concurrency;
  return config;
}

// Calls that are not tried again, so that each throttle is an answer.
LambdaSpec impatient(int64_t concurrency) {
  LambdaSpec spec = test::aws_2020_functions();
  spec.account_concurrency = concurrency;
  spec.client_retry.attempts = 1;
  return spec;
}

uint64_t throttles(const test::LambdaRig& rig, ThrottleReason reason) {
  return rig.lambda.statistics().throttles_by_reason[static_cast<size_t>(reason)];
}

TEST_CASE("a function has what it has reserved, and no more", "[functions]") {
  test::LambdaRig rig(impatient(110));
  const FunctionId function = rig.lambda.add_function(reserving(3));
  for (int i = 0; i < 5; ++i) rig.invoke_sync_at(0_s, function, 10_s);
  rig.engine.run();
  CHECK(rig.answered(InvokeReply::accepted) == 3);
  CHECK(rig.answered(InvokeReply::throttled) == 2);
  CHECK(throttles(rig, ThrottleReason::reserved_concurrency) == 2);
  CHECK(rig.lambda.statistics().first_refusal.find(
            "the concurrency of 3 that is reserved for it was used up "
            "(ReservedFunctionConcurrentInvocationLimitExceeded)") != std::string::npos);
}

TEST_CASE("what is reserved is gone from the account at once, and used by nobody else",
          "[functions]") {
  test::LambdaRig rig(impatient(110));
  rig.lambda.add_function(reserving(10));
  const FunctionId other = rig.function();
  for (int i = 0; i < 105; ++i) rig.invoke_sync_at(0_s, other, 10_s);
  rig.engine.run();
  CHECK(rig.answered(InvokeReply::accepted) == 100);
  CHECK(throttles(rig, ThrottleReason::account_concurrency) == 5);
}

TEST_CASE("others cannot take what is reserved, even if all of theirs is used", "[functions]") {
  test::LambdaRig rig(impatient(102));
  const FunctionId reserved = rig.lambda.add_function(reserving(2));
  const FunctionId other = rig.function();
  for (int i = 0; i < 101; ++i) rig.invoke_sync_at(0_s, other, 10_s);
  for (int i = 0; i < 2; ++i) rig.invoke_sync_at(1_s, reserved, 10_s);
  rig.engine.run();
  CHECK(rig.answered(InvokeReply::accepted) == 102);
  CHECK(rig.answered(InvokeReply::throttled) == 1);
}

TEST_CASE("a function for which nothing is reserved never starts", "[functions]") {
  test::LambdaRig rig(impatient(110));
  const FunctionId function = rig.lambda.add_function(reserving(0));
  rig.invoke_sync_at(0_s, function, 1_s);
  rig.engine.run();
  CHECK(throttles(rig, ThrottleReason::reserved_concurrency) == 1);
}

TEST_CASE("reservations must leave what the platform wants unreserved", "[functions]") {
  test::LambdaRig rig(impatient(110));
  rig.lambda.add_function(reserving(6));
  try {
    FunctionConfig second = reserving(5);
    second.name = "second";
    rig.lambda.add_function(second);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(std::string(error.what()) ==
          "second.reserved_concurrency: expected so much that 100 of the 104 that are left of the "
          "account's concurrency stay unreserved, found 5");
  }
}

TEST_CASE("no more can be provisioned than is reserved", "[functions]") {
  test::LambdaRig rig(impatient(200));
  FunctionConfig config = reserving(3);
  config.provisioned_concurrency = 4;
  CHECK_THROWS_WITH(rig.lambda.add_function(config),
                    "reserving.provisioned_concurrency: expected at most the 3 that are reserved "
                    "for the function, found 4");
}

TEST_CASE("provisioned environments come up after a minute, and then nothing is cold",
          "[functions]") {
  test::LambdaRig rig(impatient(200));
  const FunctionId function = rig.lambda.add_function(provisioning(2));
  rig.invoke_sync_at(59_s, function, 500_ms);
  // Two at once, provisioned; the third takes the environment that was cold at first.
  for (int i = 0; i < 3; ++i) rig.invoke_sync_at(61_s, function, 1_s);
  // Idle for longer than the keep-alive of 600 s: those two are still there, and the other is not.
  for (int i = 0; i < 3; ++i) rig.invoke_sync_at(1000_s, function, 1_s);
  rig.engine.run();
  CHECK(rig.lambda.statistics().invocations == 7);
  CHECK(rig.lambda.statistics().cold_starts == 2);
}

// 2 x 1 GB: 300 s x 0.0000041667 USD for each of the periods that begin at 0, 300 and 600 s. Two
// executions of 1 s at 0.0000097222; one, which overflows, of 1 s at the usual price.
TEST_CASE("what is provisioned is paid for by the period, and what runs there by its own price",
          "[functions]") {
  test::LambdaRig rig(impatient(200));
  const FunctionId function = rig.lambda.add_function(provisioning(2));
  for (int i = 0; i < 3; ++i) rig.invoke_sync_at(700_s, function, 1_s);
  rig.engine.run();
  const double held = 3 * 2 * 300 * 0.0000041667;
  const double ran = 2 * 0.0000097222 + 0.0000166667;
  CHECK(rig.ledger.of(accounting::CostItem::functions).to_usd() ==
        Approx(held + ran).epsilon(1e-9));
}

TEST_CASE("a provisioned environment that is lost is made again, and is cold for nobody",
          "[functions]") {
  test::LambdaRig rig(impatient(200));
  const FunctionId function = rig.lambda.add_function(provisioning(1));
  rig.invoke_sync_at(100_s, function, 1_s, HandlerResult::error);
  rig.invoke_sync_at(130_s, function, 1_s);  // 29 s before it is back: overflows, cold
  rig.invoke_sync_at(170_s, function, 1_s);
  rig.engine.run();
  CHECK(rig.lambda.statistics().cold_starts == 1);
  // 0.0000097222 twice, for the first and the last.
  const double held = 300 * 0.0000041667;
  CHECK(rig.ledger.of(accounting::CostItem::functions).to_usd() ==
        Approx(held + 2 * 0.0000097222 + 0.0000166667).epsilon(1e-9));
}

TEST_CASE("provisioned concurrency is taken from the account, and goes on in what is left",
          "[functions]") {
  test::LambdaRig rig(impatient(110));
  const FunctionId function = rig.lambda.add_function(provisioning(10));
  const FunctionId other = rig.function();
  for (int i = 0; i < 90; ++i) rig.invoke_sync_at(100_s, other, 10_s);
  for (int i = 0; i < 25; ++i) rig.invoke_sync_at(101_s, function, 5_s);
  rig.engine.run();
  CHECK(rig.answered(InvokeReply::accepted) == 90 + 20);
  CHECK(throttles(rig, ThrottleReason::account_concurrency) == 5);
}

TEST_CASE("each throttle has the reason that Lambda gives", "[functions]") {
  SECTION("the account's concurrency") {
    test::LambdaRig rig(impatient(1));
    const FunctionId function = rig.function();
    for (int i = 0; i < 2; ++i) rig.invoke_sync_at(0_s, function, 10_s);
    rig.engine.run();
    CHECK(rig.lambda.statistics().first_refusal.find(" (ConcurrentInvocationLimitExceeded)") !=
          std::string::npos);
  }
  SECTION("the request rate: 10 a second for each of the concurrency") {
    test::LambdaRig rig(impatient(1));
    const FunctionId function = rig.function();
    for (int i = 0; i < 11; ++i) rig.invoke_async_at(0_s, function, 1_ms);
    rig.engine.run();
    CHECK(throttles(rig, ThrottleReason::request_rate) == 1);
    CHECK(rig.lambda.statistics().first_refusal.find(" (CallerRateLimitExceeded)") !=
          std::string::npos);
  }
  SECTION("new environments, which come too fast") {
    LambdaSpec spec = impatient(1000);
    spec.scaling.burst = 2;
    test::LambdaRig rig(spec);
    const FunctionId function = rig.function();
    for (int i = 0; i < 3; ++i) rig.invoke_sync_at(0_s, function, 10_s);
    rig.engine.run();
    CHECK(throttles(rig, ThrottleReason::new_environments) == 1);
  }
  SECTION("a cluster's memory") {
    LambdaSpec spec = impatient(1000);
    spec.warm_pool.memory_limit_mb = 2500;
    test::LambdaRig rig(spec);
    const FunctionId function = rig.function();
    for (int i = 0; i < 3; ++i) rig.invoke_sync_at(0_s, function, 10_s);
    rig.engine.run();
    CHECK(throttles(rig, ThrottleReason::memory) == 1);
    CHECK(rig.lambda.statistics().first_refusal.find(
              "no memory for an environment of 1024 MB beside those that run; a larger "
              "platform.functions.warm_pool.memory_limit_mb") != std::string::npos);
  }
}

TEST_CASE("an answer may have 6 MiB and 100 B, and a larger one is a failure", "[functions]") {
  const auto [bytes, reply] = GENERATE(std::pair(6'291'556, InvokeReply::accepted),
                                       std::pair(6'291'557, InvokeReply::failed));
  test::LambdaRig rig(impatient(1000));
  const FunctionId function = rig.function();
  const int64_t size = bytes;
  rig.engine.spawn(
      [](test::LambdaRig& its_rig, FunctionId invoked, int64_t answered) -> engine::Task<> {
        Handler handler = [&its_rig, answered](Environment& environment) {
          environment.response = Bytes(answered);
          return test::run_for(its_rig.engine, 1_s);
        };
        const InvokeReply answer = co_await its_rig.lambda.invoke_sync(
            its_rig.client_host, invoked, Bytes(0), std::move(handler));
        its_rig.answers.push_back({its_rig.engine.now().since_start(), answer});
      }(rig, function, size),
      "client");
  rig.engine.run();
  CHECK(rig.answers.at(0).reply == reply);
  if (reply == InvokeReply::failed)
    CHECK(rig.lambda.statistics().failures.text().find("Function.ResponseSizeTooLarge") !=
          std::string::npos);
}

TEST_CASE("a function's name is its own, however it was made", "[functions]") {
  test::LambdaRig rig(impatient(1));
  std::vector<FunctionId> functions;
  for (int i = 0; i < 2000; ++i)
    functions.push_back(rig.lambda.add_function(small("f" + std::to_string(i))));
  CHECK(rig.lambda.functions().at(1234).name == "f1234");
  for (int i = 0; i < 2; ++i) rig.invoke_sync_at(0_s, functions[1999], 10_s);
  rig.engine.run();
  CHECK(rig.lambda.statistics().first_refusal.find("a call of the function f1999 was") == 0);
}

}  // namespace
}  // namespace wukong::functions
