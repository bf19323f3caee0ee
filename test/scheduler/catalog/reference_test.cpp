// Systems against what their protocols say, on every small DAG: who runs what, what is stored, read
// and counted. For Wukong a reference plays the protocol; for numpywren and PyWren the counts
// follow from the DAG.
#include <algorithm>
#include <string>
#include <vector>

#include "scheduler/wukong/context.h"
#include "scheduler/wukong/decisions/static_schedule.h"
#include "sim/base/random.h"
#include "test/catch.h"
#include "test/scheduler/wukong/wukong_reference.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"
#include "test/support/small_dags.h"

namespace wukong {
namespace {

using accounting::Operation;
using engine::TraceKind;
using test::ReferenceOutcome;
using test::ReferenceRules;

// Tasks of 2, 4, 8, ... s in a random order. A task ends after a sum of such times, of which its
// own is one: no two tasks end within 2 s of each other, which is more than services take.
test::DagTextOptions distinct_durations(size_t tasks, uint64_t seed) {
  std::vector<int64_t> seconds;
  for (size_t i = 0; i < tasks; ++i) seconds.push_back(int64_t{2} << i);
  RandomStream random(seed, "durations");
  for (size_t i = tasks; i > 1; --i) std::swap(seconds[i - 1], seconds[random.below(i)]);
  test::DagTextOptions options;
  options.input_size = Bytes(2000);
  for (size_t i = 0; i < tasks; ++i)
    options.durations[std::string(1, static_cast<char>('a' + i))] = Duration::seconds(seconds[i]);
  return options;
}

// What the reference says, as the trace of a run shows it.
ReferenceOutcome outcome_of(const test::PolicyRun& run) {
  ReferenceOutcome outcome;
  std::map<uint32_t, uint32_t> function_on;  // by host: the function that runs there
  std::map<uint32_t, std::vector<uint32_t>> tasks_of;
  for (const engine::TraceRecord& record : run.records) {
    if (record.kind == TraceKind::started) {
      function_on[record.subject] = record.actor;
      tasks_of[record.actor];
    } else if (record.kind == TraceKind::task_started) {
      tasks_of[function_on.at(record.actor)].push_back(record.subject);
    } else if (record.kind == TraceKind::object_read) {
      ++outcome.read[record.subject];
    } else if (record.kind == TraceKind::object_written) {
      ++outcome.written[record.subject];
    }
  }
  for (const auto& [function, tasks] : tasks_of) outcome.executors.push_back(tasks);
  outcome.increments = run.result.usage.count_of(Operation::counter_increment);
  outcome.counter_reads = run.result.usage.count_of(Operation::counter_read);
  outcome.messages = run.result.usage.count_of(Operation::publish);
  return outcome;
}

Bytes bytes_of(const dag::Dag& dag, const std::map<uint32_t, int>& objects) {
  Bytes sum;
  for (const auto& [object, times] : objects) sum += dag.size(ObjectId(object)).actual * times;
  return sum;
}

constexpr uint64_t kSeed = 1;

struct Variant {
  const char* options;
  ReferenceRules rules;
};

const std::vector<Variant> kVariants = {
    {"clustering_fan_out: false", {}},
    {"bit_counters: false", {}},
    {"become_first_only: true", {.become_first_only = true}},
    {"inline_arguments: false", {.inline_arguments = false}},
    {"proxy_threshold: 2", {.proxy_threshold = 2}},
    {"large_object_threshold_mb: 0.0001, delayed_io: false",
     {.clustering_fan_out = true, .clustering_fan_in = true}},
    {"large_object_threshold_mb: 0.0001, delayed_io: false, clustering_fan_in: false",
     {.clustering_fan_out = true}},
    {"large_object_threshold_mb: 0.0001, delayed_io: false, clustering_fan_in: false, "
     "clustering_fan_out: false",
     {}},
};

void compare(const std::string& text, const dag::Dag& dag, const Variant& variant,
             const test::PolicySetup& policy) {
  const test::PolicyRun run = test::run_policy(dag, policy, kSeed);
  ReferenceOutcome actual = outcome_of(run);
  ReferenceRules rules = variant.rules;
  const wukong_decisions::StaticSchedules schedules(
      dag, Bytes(1), RandomStream(kSeed, wukong_policy::kFirstSuccessorStream));
  for (const TaskId task : dag.tasks()) rules.first.push_back(schedules.become(task));
  ReferenceOutcome expected = test::ReferenceWukong(dag, rules).play();
  std::sort(actual.executors.begin(), actual.executors.end());
  std::sort(expected.executors.begin(), expected.executors.end());
  INFO(text << " with " << variant.options);
  REQUIRE(run.result.completed);
  REQUIRE(actual.executors == expected.executors);
  REQUIRE(actual.written == expected.written);
  REQUIRE(actual.read == expected.read);
  REQUIRE(actual.increments == expected.increments);
  REQUIRE(actual.counter_reads == expected.counter_reads);
  REQUIRE(actual.messages == expected.messages);
  REQUIRE(run.result.usage.read == bytes_of(dag, expected.read));
  REQUIRE(run.result.usage.written == bytes_of(dag, expected.written));
}

TEST_CASE("Wukong's executors do what the protocol says, on every DAG of up to 5 tasks",
          "[reference]") {
  for (const Variant& variant : kVariants) {
    const test::PolicySetup policy =
        test::make_policy(std::string("{wukong: {") + variant.options + "}}", test::kWarm);
    uint64_t seed = 0;
    for (size_t tasks = 1; tasks <= 5; ++tasks)
      for (const std::string& text : test::all_dags(tasks)) {
        const auto dag = test::dag_from_text(text, distinct_durations(tasks, seed++));
        compare(text, dag, variant, policy);
      }
  }
}

// A block is read for each input and written for each output; an edge is a bit of a counter, and a
// task is a message.
TEST_CASE("numpywren's counts follow from the DAG, on every DAG of up to 5 tasks", "[reference]") {
  const test::PolicySetup policy = test::make_policy("{numpywren: {workers: 2}}", test::kWarm);
  test::DagTextOptions options;
  options.input_size = Bytes(2000);
  for (size_t tasks = 1; tasks <= 5; ++tasks)
    for (const std::string& text : test::all_dags(tasks)) {
      const auto dag = test::dag_from_text(text, options);
      INFO(text);
      const accounting::Usage usage = test::run_policy(dag, policy).result.usage;
      const auto leaves = static_cast<int64_t>(dag.leaves().size());
      const auto edges = static_cast<int64_t>(dag.edge_count());
      REQUIRE(usage.nominal_read == Bytes(1000) * edges + Bytes(2000) * leaves);
      REQUIRE(usage.nominal_written == Bytes(1000) * static_cast<int64_t>(tasks));
      REQUIRE(usage.count_of(Operation::counter_increment) == dag.edge_count());
      REQUIRE(usage.count_of(Operation::queue_send) == tasks);
      REQUIRE(usage.count_of(Operation::queue_delete) == tasks);
    }
}

// Levels, one after another: a task's is one more than the highest of its predecessors.
TEST_CASE("PyWren begins no task before all tasks of the level before have ended", "[reference]") {
  const test::PolicySetup policy =
      test::make_policy("{pywren: {chains_in_one_call: false}}", test::kWarm);
  for (const std::string& text : test::all_dags(5)) {
    const auto dag = test::dag_from_text(text, distinct_durations(5, 7));
    std::vector<size_t> level(dag.task_count(), 0);
    for (const TaskId task : dag.tasks())
      for (const TaskId before : dag.predecessors(task))
        level[task.index()] = std::max(level[task.index()], level[before.index()] + 1);
    const test::PolicyRun run = test::run_policy(dag, policy);
    INFO(text);
    REQUIRE(run.result.completed);
    size_t ended = 0;
    for (const engine::TraceRecord& record : run.records) {
      if (record.kind == TraceKind::task_finished) ++ended;
      if (record.kind != TraceKind::task_started) continue;
      const auto before = std::count_if(level.begin(), level.end(),
                                        [&](size_t l) { return l < level[record.subject]; });
      REQUIRE(ended >= static_cast<size_t>(before));
    }
  }
}

}  // namespace
}  // namespace wukong
