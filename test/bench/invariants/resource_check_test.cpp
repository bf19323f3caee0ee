#include "bench/invariants/resource_check.h"
#include "bench/experiment/preset_setup.h"
#include "bench/run/run_result.h"
#include "sim/accounting/usage.h"
#include "sim/engine/trace.h"
#include "test/catch.h"
#include "test/support/dag_text.h"

// Each bound of what a run may use is broken once, by a result that a test makes up, and kept once.

namespace wukong::invariants {
namespace {

using accounting::Operation;
using engine::TraceKind;

struct Used {
  dag::Dag dag = test::dag_from_text("a -> b; a -> c");
  platform::PlatformSpec platform = experiment::preset_platform("aws-2020");
  BrokenInvariants broken;
  FunctionCheck functions{platform, broken};
  run::RunResult result;
  Expectations expected;

  Used() { result.usage.executed = result.usage.tasks_done = 3; }
  // One function that runs for so long.
  void ran_for(Duration time) {
    functions.follow({Time::zero(), TraceKind::invoked, 0, 0, 0});
    functions.follow({Time::zero(), TraceKind::started, 0, 7, 0});
    functions.follow({Time::at(time), TraceKind::failed, 0, 7, 0});
  }
  bool breaks(const std::string& what) {
    check_resources(dag, result, expected, functions, broken);
    for (const std::string& sentence : broken.sentences())
      if (sentence.find(what) != std::string::npos) return true;
    return false;
  }
};

TEST_CASE("executions of functions that no call, retry or doubled event explains are noticed",
          "[invariants]") {
  for (const bool one_too_many : {false, true}) {
    Used run;
    run.result.usage.count(Operation::invoke, 4);
    run.result.retries = 1;
    run.result.failed_executions = 1;
    run.expected.doubled = 1;
    run.result.invocations = one_too_many ? 7 : 6;
    CHECK(run.breaks("executions of functions") == one_too_many);
  }
}

TEST_CASE("a retry of a function that has not failed is noticed", "[invariants]") {
  for (const uint64_t failed : {1u, 2u}) {
    Used run;
    run.result.retries = 2;
    run.result.failed_executions = failed;
    CHECK(run.breaks("retries of functions") == (failed == 1));
  }
}

TEST_CASE("a try more than there were failures is noticed", "[invariants]") {
  for (const uint64_t tries : {5u, 6u}) {
    Used run;
    run.result.throttles = 2;
    run.result.usage.turned_away = 1;
    run.result.usage.missed_reads = 1;
    run.expected.failed_requests = 1;
    run.result.usage.count(Operation::retry, tries);
    CHECK(run.breaks(" retries,") == (tries == 6));
  }
}

TEST_CASE("tries after slow requests are explained if their function had the time for those",
          "[invariants]") {
  for (const uint64_t tries : {4u, 5u}) {
    Used run;
    run.ran_for(Duration::seconds(25));
    run.expected.slow_requests = scheduler::Polling{Duration::seconds(10), 2};
    run.result.usage.count(Operation::retry, tries);
    CHECK(run.breaks(" retries,") == (tries == 5));
  }
}

TEST_CASE("a message more than one for each task is noticed, unless a task ran again",
          "[invariants]") {
  for (const uint64_t executed : {3u, 4u}) {
    Used run;
    run.result.usage.count(Operation::publish, 2);
    run.result.usage.count(Operation::queue_send, 3);
    run.result.usage.executed = executed;  // once more, with two successors
    CHECK(run.breaks("messages") == (executed == 3));
  }
}

TEST_CASE("a doubled message explains itself, and that its task's end is told again",
          "[invariants]") {
  for (const uint64_t messages : {6u, 7u}) {
    Used run;
    run.expected.doubled = 1;  // three tasks, with at most two successors
    run.result.usage.count(Operation::queue_send, messages);
    CHECK(run.breaks("messages") == (messages == 7));
  }
}

TEST_CASE("a function that looks into its queue more often than its interval allows is noticed",
          "[invariants]") {
  for (const uint64_t looks : {11u, 12u}) {
    Used run;
    run.ran_for(Duration::seconds(5));
    run.result.invocations = 1;
    run.result.usage.count(Operation::invoke, 1);
    run.expected.polling = scheduler::Polling{Duration::milliseconds(500), 1};
    run.result.usage.count(Operation::queue_receive_empty, looks);
    CHECK(run.breaks("looks into a queue") == (looks == 12));
  }
}

}  // namespace
}  // namespace wukong::invariants
