// That the checker notices: runs that are in order, and then tampered with.
#include "test/support/invariants.h"

#include <algorithm>

#include "test/catch.h"
#include "test/support/dag_text.h"

namespace wukong::test {
namespace {

using engine::TraceKind;
using engine::TraceRecord;

// A run of Wukong that breaks nothing, on two executors.
struct Sound {
  dag::Dag dag = dag_from_text("a -> c; b -> c; c -> d");
  PolicySetup policy = make_policy("wukong");
  PolicyRun run = run_policy(dag, policy);

  // The first record of the kind, of the task where there is one.
  TraceRecord& record(TraceKind kind, std::optional<uint32_t> subject = std::nullopt) {
    const auto found =
        std::find_if(run.records.begin(), run.records.end(), [&](const auto& record) {
          return record.kind == kind && (!subject || record.subject == *subject);
        });
    REQUIRE(found != run.records.end());
    return *found;
  }
  bool breaks(const std::string& expected) const {
    const auto broken = violations(dag, policy.platform, run);
    return std::any_of(broken.begin(), broken.end(), [&](const std::string& sentence) {
      return sentence.find(expected) != std::string::npos;
    });
  }
};

TEST_CASE("a sound run breaks no invariant") {
  Sound sound;
  CHECK(violations(sound.dag, sound.policy.platform, sound.run).empty());
}

TEST_CASE("a task that is missing, doubled, early or too quick is noticed") {
  const uint32_t c = 2;
  SECTION("missing") {
    Sound run;
    run.record(TraceKind::task_finished, c).kind = TraceKind::resumed;
    CHECK(run.breaks("c was never executed"));
    CHECK(run.breaks("d starts before c has finished"));
    CHECK_FALSE(run.breaks("the result counts other executions"));
    run.record(TraceKind::task_started, c).kind = TraceKind::resumed;
    CHECK(run.breaks("the result counts other executions"));
  }
  SECTION("doubled") {
    Sound run;
    run.record(TraceKind::task_finished, c).subject = 3;
    CHECK(run.breaks("d was executed 2 times"));
    CHECK(run.breaks("d finishes without a start"));
  }
  SECTION("too quick") {
    Sound run;
    run.record(TraceKind::task_started, c).time += Duration::nanoseconds(1);
    CHECK(run.breaks("c takes less time than it needs"));
  }
  SECTION("where nobody is") {
    Sound run;
    std::erase_if(run.run.records,
                  [](const auto& record) { return record.kind == TraceKind::started; });
    CHECK(run.breaks("a function ends that does not run"));
    CHECK(run.breaks("other invocations"));
  }
}

TEST_CASE("a repeated task is in order where a lease expired or a function failed") {
  Sound run;
  std::vector<TraceRecord>& records = run.run.records;
  TraceRecord repeated = run.record(TraceKind::task_finished, 3);
  TraceRecord started = run.record(TraceKind::task_started, 3);
  started.actor = repeated.actor = 9999;
  records.push_back(started);
  records.push_back(repeated);
  ++run.run.result.executed;
  CHECK(run.breaks("d was executed 2 times"));
  records.insert(records.begin(), TraceRecord{Time::zero(), TraceKind::lease_expired, 0, 0, 0});
  CHECK(violations(run.dag, run.policy.platform, run.run).empty());
}

TEST_CASE("an object that is read before it is written is noticed") {
  Sound run;
  run.record(TraceKind::object_written).kind = TraceKind::resumed;
  CHECK(run.breaks("is read before it exists"));
}

TEST_CASE("a makespan below what the work needs is noticed") {
  Sound run;
  run.run.result.makespan = Duration::milliseconds(299);  // a, c, d take 100 ms each
  CHECK(run.breaks("below the critical path"));
  CHECK_FALSE(run.breaks("below the work"));
  run.run.result.makespan = Duration::milliseconds(199);  // 400 ms of work on two
  CHECK(run.breaks("below the work"));
}

TEST_CASE("a bill that does not agree with the trace is noticed") {
  SECTION("time") {
    Sound run;
    run.record(TraceKind::finished).value = 1;
    CHECK(run.breaks("billed for less time than it ran"));
    CHECK(run.breaks("not the sum over the functions"));
  }
  SECTION("money") {
    Sound run;
    run.run.result.cost.charge(accounting::CostItem::functions, Money::from_usd(0.001));
    CHECK(run.breaks("what functions cost"));
  }
  SECTION("requests") {
    Sound run;
    run.run.result.cost.charge(accounting::CostItem::requests, Money::from_usd(0.001));
    CHECK(run.breaks("what requests cost"));
  }
}

TEST_CASE("more functions at a time than the account may have are noticed") {
  Sound run;
  run.policy.platform.functions.account_concurrency = 1;
  CHECK(run.breaks("the account's concurrency is exceeded"));
  run.run.result.peak_concurrency = 1;
  CHECK(run.breaks("the peak is below what the trace shows"));
}

}  // namespace
}  // namespace wukong::test
