// A run that ends because the platform refused something says which limit it was, and what would
// help, before anything else; it is no deadlock of its system.
#include <string>

#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"

namespace wukong::simulation {
namespace {

run::RunResult run_on(const std::string& system, const std::string& functions,
                      Bytes objects = Bytes(1000)) {
  const auto dag = test::dag_from_text("a -> b; a -> c; b -> d; c -> d", {.object_size = objects});
  return test::run_policy(dag, system, "{preset: aws-2020, functions: {" + functions + "}}").result;
}

TEST_CASE("a payload that is too large names the platform's limit and the system's option",
          "[bench]") {
  const run::RunResult none = run_on("wukong", "invocation: {async_payload_limit_kib: 0}");
  CHECK_FALSE(none.completed);
  CHECK_FALSE(none.deadlocked);
  CHECK_THAT(
      none.failure,
      Catch::StartsWith("1 call was refused: a payload of 16000 B is more than the 0 B that") &&
          Catch::Contains("platform.functions.invocation.async_payload_limit_kib would help") &&
          Catch::Contains("smaller inline_argument_limit_bytes"));
  const run::RunResult large = run_on("{wukong: {inline_argument_limit_bytes: 1000000}}",
                                      "async_events: {retry_waits_s: [1]}", Bytes(230'000));
  CHECK_FALSE(large.deadlocked);
  CHECK_THAT(large.failure, Catch::Contains("is more than the 262144 B that the platform takes") &&
                                Catch::Contains("its handler failed: at task a, ") &&
                                Catch::Contains("could not be invoked"));
}

TEST_CASE("a system that does not try again passes on why it was refused", "[bench]") {
  for (const char* system : {"pywren", "strawman"})
    CHECK_THAT(run_on(system, "invocation: {async_payload_limit_kib: 0}").failure,
               Catch::StartsWith("an invocation was refused") &&
                   Catch::Contains("async_payload_limit_kib would help"));
}

TEST_CASE("a system whose workers never started says at its horizon why", "[bench]") {
  CHECK_THAT(
      run_on("{numpywren: {workers: 2}}", "invocation: {async_payload_limit_kib: 0}").failure,
      Catch::Contains("refused: a payload of") && Catch::Contains("; still running after"));
}

}  // namespace
}  // namespace wukong::simulation
