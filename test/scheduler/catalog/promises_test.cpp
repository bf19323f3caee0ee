// What policies promise of themselves (scheduler/promises.h). That they keep it under faults is for
// the fuzzer and test/bench/fuzz/promises_test.cpp.

#include "scheduler/policy/promises.h"

#include <set>

#include "scheduler/policy/policy.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"

namespace wukong::systems {
namespace {

scheduler::Promises promises_of(const std::string& system) {
  const test::PolicySetup policy = test::make_policy(system);
  return policy.system.policy->promises_with(*policy.system.options);
}

TEST_CASE("a policy that says nothing promises nothing once something has gone wrong") {
  struct NoOptions final : scheduler::Options {
    void visit(FieldVisitor&) override {}
  };
  const scheduler::Promises silent = scheduler::Policy{}.promises_with(NoOptions());
  CHECK(silent.completes_through.empty());
  CHECK(silent.in_order_through.empty());
  CHECK(silent.each_task_once);
}

TEST_CASE("mishaps are a set") {
  const scheduler::Mishaps two{scheduler::Mishap::function_failed, scheduler::Mishap::data_lost};
  CHECK(scheduler::Mishaps().within(two));
  CHECK(two.within(scheduler::Mishaps::all()));
  CHECK_FALSE(two.within({scheduler::Mishap::data_lost}));
  CHECK(two.without({scheduler::Mishap::data_lost}) ==
        scheduler::Mishaps{scheduler::Mishap::function_failed});
  for (int mishap = 0; mishap < scheduler::kMishaps; ++mishap)
    CHECK(scheduler::Mishaps::all().contains(static_cast<scheduler::Mishap>(mishap)));
}

TEST_CASE("a promise depends on the options: only bits survive an executor that runs again") {
  CHECK(promises_of("{wukong: {bit_counters: true}}")
            .completes_through.contains(scheduler::Mishap::function_failed));
  CHECK_FALSE(promises_of("{wukong: {bit_counters: false}}")
                  .completes_through.contains(scheduler::Mishap::function_failed));
}

TEST_CASE("only claims bound what an executor of Wukong that runs again repeats") {
  CHECK(promises_of("{wukong: {claim_tasks: true}}").repeated_by.has_value());
  CHECK_FALSE(promises_of("{wukong: {claim_tasks: false}}").repeated_by.has_value());
}

TEST_CASE("numpywren promises no lease that runs out before it is renewed") {
  const auto lease = [](const std::string& options) {
    return promises_of("{numpywren: {client_time_ms: 100, receive_visibility_s: 200, " + options +
                       "}}")
        .shortest_lease;
  };
  CHECK(lease("renewals: 3, renew_interval_s: 30, renew_visibility_s: 60") ==
        Duration::seconds(120));
  CHECK(lease("renewals: 20, renew_interval_s: 5, renew_visibility_s: 1") == Duration::seconds(1));
  CHECK(lease("renewals: 0, renew_interval_s: 30, renew_visibility_s: 60") ==
        Duration::seconds(200));
}

// Cold starts differ by seed, and so does who is first.
TEST_CASE("bytes and invocations that a policy calls the same are the same with every seed") {
  const auto dag =
      test::dag_from_text("a -> d; b -> d; c -> d; d -> e; d -> f; c -> g; e -> h; f -> h",
                          {.input_size = Bytes(50'000)});
  std::set<bool> promised;
  for (const std::string& system : test::every_system()) {
    INFO(system);
    const test::PolicySetup policy = test::make_policy(system);
    const scheduler::Promises promises =
        policy.system.policy->promises_with(*policy.system.options);
    promised.insert(promises.same_bytes);
    const run::RunResult first = test::run_policy(dag, policy, 1).result;
    for (uint64_t seed = 2; seed <= 6; ++seed) {
      const run::RunResult run = test::run_policy(dag, policy, seed).result;
      if (promises.same_bytes) {
        CHECK(run.usage.read == first.usage.read);
        CHECK(run.usage.written == first.usage.written);
      }
      if (promises.same_invocations) CHECK(run.invocations == first.invocations);
    }
  }
  CHECK(promised.size() == 2);
}

}  // namespace
}  // namespace wukong::systems
