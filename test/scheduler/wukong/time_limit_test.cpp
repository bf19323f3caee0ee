// Functions that run into their time limit because an executor took on too much: what the failure
// says, and the option that avoids it.
#include <string>

#include "scheduler/wukong/executor_story.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"

namespace wukong {
namespace {

using test::dag_from_text;
using test::DagTextOptions;
using test::run_policy;
using wukong_policy::Came;
using wukong_policy::ExecutorStory;

// Of 900 s: the second of two readers of a large object would end after 1000 s.
dag::Dag two_long_readers() {
  DagTextOptions options;
  options.object_sizes["split"] = Bytes(300'000'000);
  options.durations = {{"work1", Duration::seconds(500)}, {"work2", Duration::seconds(500)}};
  return dag_from_text("split -> work1; split -> work2", options);
}

TEST_CASE("an executor that runs into its time limit says what ran in it and how it came there",
          "[wukong]") {
  const auto run = run_policy(two_long_readers(), "wukong");
  REQUIRE_FALSE(run.result.completed);
  const std::string& failure = run.result.failure;
  INFO(failure);
  CHECK_THAT(failure, Catch::Contains("time limit of 900"));
  CHECK_THAT(failure, Catch::Contains("it ran 3 tasks: split (the executor was invoked for it; "));
  CHECK_THAT(failure, Catch::Contains("work1 (clustered with split, whose output is large; 500."));
  CHECK_THAT(failure,
             Catch::Contains("work2 (clustered with split, whose output is large; running"));
  CHECK_THAT(failure, Catch::Contains("2 of them by task clustering"));
  CHECK_THAT(failure, Catch::Contains("stay_within_time_limit: true"));
}

TEST_CASE("within the time limit a large object's reader that would end too late is invoked",
          "[wukong]") {
  const auto dag = two_long_readers();
  const auto run = run_policy(dag, "{wukong: {stay_within_time_limit: true}}");
  INFO(run.result.failure);
  CHECK(test::each_task_once(run));
  CHECK(run.result.invocations == 2);
  CHECK(run.result.usage.read == Bytes(300'000'000));  // by the one that was invoked
  CHECK(run.result.makespan < Duration::seconds(520));
}

TEST_CASE("what ends in time is clustered as ever within the time limit", "[wukong]") {
  DagTextOptions options;
  options.object_sizes["split"] = Bytes(300'000'000);
  options.durations = {{"work1", Duration::seconds(400)}, {"work2", Duration::seconds(400)}};
  const auto dag = dag_from_text("split -> work1; split -> work2", options);
  const auto within = run_policy(dag, "{wukong: {stay_within_time_limit: true}}");
  const auto without = run_policy(dag, "wukong");
  CHECK(test::each_task_once(within));
  CHECK(within.result.invocations == 1);
  CHECK(within.result.makespan == without.result.makespan);
}

TEST_CASE("a long chain changes executors before the time limit if it is to stay within",
          "[wukong]") {
  DagTextOptions options;
  options.duration = Duration::seconds(400);
  const auto dag = dag_from_text("a -> b; b -> c; c -> d; d -> e", options);
  const auto beyond = run_policy(dag, "wukong");
  CHECK_THAT(beyond.result.failure, Catch::Contains("b (become after a; 400."));
  const auto within = run_policy(dag, "{wukong: {stay_within_time_limit: true}}");
  INFO(within.result.failure);
  CHECK(test::each_task_once(within));
  CHECK(within.result.invocations == 3);  // ab, cd, e
}

TEST_CASE("a fan-in that a large object is held for is given up before the time limit",
          "[wukong]") {
  DagTextOptions options;
  options.object_sizes["big"] = Bytes(300'000'000);
  options.durations = {{"big", Duration::seconds(500)},
                       {"slow", Duration::seconds(600)},
                       {"last", Duration::seconds(450)}};
  const auto dag = dag_from_text("big -> last; slow -> last", options);
  // Held until the slow one has ended, or, in the second try, run at once: too late either way.
  CHECK_THAT(run_policy(dag, "wukong").result.failure, Catch::Contains("last (clustered with big"));
  const auto within = run_policy(dag, "{wukong: {stay_within_time_limit: true}}");
  INFO(within.result.failure);
  CHECK(within.result.completed);
}

TEST_CASE("an executor that invokes others until its time limit says so", "[wukong]") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "first -> t" + std::to_string(i) + ";";
  const auto run =
      run_policy(dag_from_text(text), "wukong", "{preset: aws-2020, functions: {time_limit_s: 3}}");
  CHECK_THAT(run.result.failure,
             Catch::Contains("it ran 1 task: first") &&
                 Catch::Contains("executors, one after another, which took 2."));
}

TEST_CASE("an executor's story tells the longest of many tasks, and what is running", "[wukong]") {
  std::string text = "t0";
  for (int i = 1; i < 9; ++i) text += " -> t" + std::to_string(i);
  const auto dag = dag_from_text(text);
  ExecutorStory story;
  Time now;
  for (int i = 0; i < 8; ++i) {
    const TaskId task = test::task_named(dag, "t" + std::to_string(i));
    story.begin({.task = task, .came = i == 0 ? Came::invoked : Came::become, .from = task}, now);
    now = now + Duration::seconds(i == 2 ? 100 : i);
    story.end(now);
  }
  const TaskId last = test::task_named(dag, "t8");
  story.begin({.task = last, .came = Came::late, .from = dag.predecessors(last).front()}, now);
  const std::string told = story.tell(dag, now + Duration::milliseconds(2340));
  INFO(told);
  CHECK_THAT(told, Catch::StartsWith("it ran 9 tasks, the longest of them "));
  CHECK_THAT(told, Catch::Contains("t2 (become after t2; 100.0 s)"));
  CHECK_THAT(told, Catch::Contains("t8 (clustered with t7, while whose large output was stored"));
  CHECK_THAT(told, Catch::Contains("running for 2.3 s)"));
  CHECK_THAT(told, !Catch::Contains("t1 ("));
}

}  // namespace
}  // namespace wukong
