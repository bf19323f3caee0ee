// What the checker notices beyond test/support/invariants_test.cpp: records that a test makes up.
#include "bench/invariants/invariants.h"

#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"

namespace wukong::invariants {
namespace {

using engine::TraceKind;
using engine::TraceRecord;

struct Checked {
  dag::Dag dag = test::dag_from_text("a -> b");
  test::PolicySetup policy = test::make_policy("wukong");
  InvariantChecker checker{dag, policy.platform};
  run::RunResult result;
  Expectations expected{.completes = false};

  void record(double seconds, TraceKind kind, uint32_t actor, uint32_t subject, int64_t value = 0) {
    checker.record({Time::at(Duration::from_seconds(seconds)), kind, actor, subject, value});
  }
  bool breaks(const std::string& part) {
    result.failure = "made up";
    for (const std::string& sentence : checker.end(result, expected))
      if (sentence.find(part) != std::string::npos) return true;
    return false;
  }
};

TEST_CASE("a lease that runs out while its holder is to renew it is noticed", "[invariants]") {
  for (const bool promised : {false, true}) {
    Checked run;
    if (promised) run.expected.shortest_lease = Duration::seconds(30);
    run.record(1, TraceKind::queue_received, 5, 0);
    run.record(21, TraceKind::lease_expired, 0, 0);
    CHECK(run.breaks("the lease of a message ran out after 20.000 s") == promised);
  }
}

TEST_CASE("a function that outlives its time limit is noticed", "[invariants]") {
  for (const bool late : {false, true}) {
    Checked run;
    const double limit = run.policy.platform.functions.time_limit.to_seconds();
    run.result.functions = {run.policy.platform.functions.executor()};
    run.record(0, TraceKind::invoked, 1, 0);
    run.record(0, TraceKind::started, 1, 7);
    run.record(limit + (late ? 0.1 : 0), TraceKind::failed, 1, 7);
    CHECK(run.breaks("longer than its time limit") == late);
  }
}

TEST_CASE("an object that is written before its task has ended is noticed", "[invariants]") {
  for (const bool early : {false, true}) {
    Checked run;
    run.record(0, TraceKind::task_started, 9, 0);
    if (!early) run.record(1, TraceKind::task_finished, 9, 0);
    run.record(2, TraceKind::object_written, 9, 0, 1000);
    CHECK(run.breaks("is written before its task has ended") == early);
  }
}

TEST_CASE("requests in vain, other bytes, and what is left behind are noticed", "[invariants]") {
  Checked in_vain;
  in_vain.result.usage.missed_reads = 2;
  CHECK(in_vain.breaks("2 requests asked for an object that was not there"));
  Checked unordered;
  unordered.result.usage.missed_reads = 2;
  unordered.expected.in_order = false;
  CHECK_FALSE(unordered.breaks("requests asked"));

  Checked bytes;
  bytes.record(1, TraceKind::object_written, 9, 99, 1000);
  bytes.result.usage.written = Bytes(999);
  CHECK(bytes.breaks("other bytes than the trace"));

  Checked flows;
  flows.result.leftovers.flows = 1;
  CHECK(flows.breaks("1 flows are left"));
  Checked messages;
  messages.result.completed = true;
  messages.result.leftovers.messages = 3;
  CHECK(messages.breaks("3 messages are left in a queue"));
  // A lease that ran out explains one message each.
  for (const uint64_t left : {1u, 2u}) {
    Checked leased;
    leased.record(1, TraceKind::lease_expired, 0, 0);
    leased.result.completed = true;
    leased.result.leftovers.messages = left;
    CHECK(leased.breaks("messages are left in a queue") == (left == 2));
  }
}

TEST_CASE("a run that had to complete and did not is noticed", "[invariants]") {
  Checked run;
  run.expected.completes = true;
  CHECK(run.breaks("it did not complete: made up"));
}

TEST_CASE("a task that is begun again without a cause is noticed", "[invariants]") {
  for (const TraceKind end : {TraceKind::failed, TraceKind::finished}) {
    Checked run;
    run.expected.once = false;
    run.expected.repeats = 0;
    for (const double at : {0., 10.}) {
      run.record(at, TraceKind::invoked, 1, 0);
      run.record(at, TraceKind::started, 1, 7);
      run.record(at, TraceKind::task_started, 7, 0);
      run.record(at + 1, TraceKind::task_finished, 7, 0);
      run.record(at + 2, end, 1, 7, 2'000'000'000);
    }
    run.result.functions = {run.policy.platform.functions.executor()};
    CHECK(run.breaks("a was begun 2 times") == (end == TraceKind::finished));
  }
}

}  // namespace
}  // namespace wukong::invariants
