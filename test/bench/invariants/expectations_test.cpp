#include "bench/invariants/expectations.h"

#include "bench/experiment/preset_setup.h"
#include "bench/run/job.h"
#include "bench/run/run_result.h"
#include "scheduler/policy/policy.h"
#include "sim/base/fields.h"
#include "test/catch.h"
#include "test/support/dag_text.h"

// What a run must do follows from its policy's promises and from what happened, and from nothing
// else: these policies have names that nobody knows.

namespace wukong::invariants {
namespace {

using faults::FaultKind;
using scheduler::Mishap;
using scheduler::Mishaps;
using scheduler::Promises;

struct FreeOptions final : scheduler::Options {
  void visit(FieldVisitor&) override {}
};

struct Expecting {
  dag::Dag dag = test::dag_from_text("a -> b");
  platform::PlatformSpec platform = experiment::preset_platform("aws-2020");
  scheduler::Policy policy{.name = "nobody's"};
  FreeOptions options;
  run::RunResult result;

  void struck(FaultKind kind) { result.faults.push_back({{kind, 1}, Time::zero()}); }
  Expectations expected() const {
    return expectations(run::Job{"s", &policy, &options, "w", &dag}, platform, result);
  }
};

TEST_CASE("a policy that says nothing is held to everything while nothing goes wrong",
          "[invariants]") {
  const Expectations expected = Expecting().expected();
  CHECK(expected.completes);
  CHECK(expected.runs_tasks);
  CHECK(expected.once);
  CHECK(expected.in_order);
  CHECK(expected.tidy);
  CHECK_FALSE(expected.shortest_lease);
}

TEST_CASE("a policy that says nothing is held to nothing after a crash, but after a delay it is",
          "[invariants]") {
  Expecting delayed;
  delayed.struck(FaultKind::slow_storage);
  CHECK(delayed.expected().completes);
  CHECK(delayed.expected().in_order);
  Expecting crashed;
  crashed.struck(FaultKind::crash_during);
  CHECK_FALSE(crashed.expected().completes);
  CHECK_FALSE(crashed.expected().in_order);
}

TEST_CASE("what a policy promises to survive, it must survive, and no more", "[invariants]") {
  Expecting run;
  run.policy.promises = [](const scheduler::Options&) {
    return Promises{.in_order_through = Mishaps{Mishap::request_failed, Mishap::counter_reply_lost},
                    .completes_through = Mishaps{Mishap::request_failed}};
  };
  run.struck(FaultKind::failed_storage);
  CHECK(run.expected().completes);
  run.struck(FaultKind::lost_metadata_reply);
  CHECK(run.expected().in_order);
  CHECK_FALSE(run.expected().completes);
}

TEST_CASE("a policy that runs no task is not asked for any", "[invariants]") {
  Expecting run;
  run.policy.task_hosts = scheduler::TaskHosts::none;
  CHECK_FALSE(run.expected().runs_tasks);
}

TEST_CASE("a function that fails without a fault, for no lack of time, is no excuse",
          "[invariants]") {
  Expecting run;
  run.result.failed_executions = 3;
  run.result.dropped = 1;
  CHECK(run.expected().completes);
  CHECK_FALSE(run.expected().once);
  run.platform.functions.time_limit = Duration::seconds(5);
  CHECK_FALSE(run.expected().completes);
}

TEST_CASE("a function that waits long for its next try at S3 may run into its time limit",
          "[invariants]") {
  Expecting run;
  run.result.failed_executions = 1;
  run.result.dropped = 1;
  run.platform.s3.retry_base = Duration::milliseconds(100);
  run.platform.s3.retry_attempts = 12;  // up to 410 s, in a function of 420 s
  CHECK(run.expected().completes);
  run.result.usage.turned_away = 1;
  CHECK_FALSE(run.expected().completes);
  run.platform.s3.retry_attempts = 3;
  CHECK(run.expected().completes);
}

TEST_CASE("a horizon that leaves too little time is an excuse, a long one is none",
          "[invariants]") {
  for (const int seconds : {100, 86'400}) {
    Expecting run;
    run.result.horizon = Duration::seconds(seconds);
    CHECK(run.expected().completes == (seconds == 86'400));
  }
}

TEST_CASE(
    "events that aged out and requests that S3 turned away for good excuse who does not promise "
    "to survive them",
    "[invariants]") {
  Expecting aged;
  aged.result.dropped = aged.result.aged_out = 1;
  CHECK_FALSE(aged.expected().completes);
  Expecting refused;
  refused.result.usage.given_up = 1;
  CHECK_FALSE(refused.expected().completes);
  Expecting patient;
  patient.result.usage.turned_away = 5;
  CHECK(patient.expected().completes);
}

TEST_CASE("what may repeat a task follows from the promise and from what happened",
          "[invariants]") {
  Expecting run;
  run.struck(FaultKind::duplicate_invocation);
  run.struck(FaultKind::duplicate_message);
  run.struck(FaultKind::slow_storage);
  run.struck(FaultKind::crash_after);
  CHECK(run.expected().repeats == 2u);
  run.policy.promises = [](const scheduler::Options&) {
    return Promises{.repeated_by = Mishaps{Mishap::invocation_doubled}};
  };
  CHECK(run.expected().repeats == 1u);
  CHECK_FALSE(run.expected().failures_repeat);
  run.policy.promises = [](const scheduler::Options&) {
    return Promises{.repeated_by = std::nullopt};
  };
  CHECK_FALSE(run.expected().repeats);
}

}  // namespace
}  // namespace wukong::invariants
