// Every system on every small DAG, with each of Wukong's optimisations on and off, and on random
// DAGs: whatever the options, the invariants of test/support/invariants.h hold.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/catalog/registry.h"
#include "scheduler/policy/policy.h"
#include "sim/base/random.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/effort.h"
#include "test/support/invariants.h"
#include "test/support/small_dags.h"

namespace wukong {
namespace {

using test::all_dags;
using test::dag_from_text;
using test::DagTextOptions;
using test::random_dag;
using test::violations;

// Every preset there is, and Wukong with each switch against its preset.
std::vector<std::string> systems() {
  std::vector<std::string> texts = test::every_system();
  for (const char* options :
       {"proxy_threshold: 2", "proxy_threshold: 2, inline_argument_limit_bytes: 0",
        "clustering_fan_out: false", "clustering_fan_in: false", "delayed_io: false",
        "delayed_io_tries: 2, delayed_io_step_s: 1", "bit_counters: false",
        "bit_counters: false, proxy_threshold: 2, delayed_io: false", "become_first_only: true",
        "become_first_only: true, inline_argument_limit_bytes: 0"})
    texts.push_back(std::string("{wukong: {") + options + "}}");
  texts.emplace_back("{wukong: {store: s3}}");
  texts.emplace_back("{numpywren: {workers: 2, pipeline_width: 2, store: redis-1}}");
  return texts;
}

// Small objects that travel as arguments, and tasks that all take the same time.
DagTextOptions even() { return DagTextOptions{}; }

// Objects at which task clustering works, and tasks of which some are late enough for delayed I/O
// to wait for them and some too late.
DagTextOptions uneven() {
  DagTextOptions options;
  options.input_size = Bytes(300'000);
  options.object_sizes = {
      {"a", Bytes(250'000'000)}, {"c", Bytes(400'000'000)}, {"d", Bytes(300'000)}};
  options.durations = {{"b", Duration::seconds(6)}, {"d", Duration::seconds(2)}};
  return options;
}

// As imported workflows may be: an edge that no object carries.
DagTextOptions without_objects() {
  DagTextOptions options;
  options.without_objects = true;
  options.durations = {{"b", Duration::seconds(6)}, {"d", Duration::seconds(2)}};
  return options;
}

DagTextOptions random_options(uint64_t seed, const RandomStream& from) {
  RandomStream random = from;
  RandomStream random_threads(seed, "threads");
  DagTextOptions options;
  options.input_size = Bytes(200'000);
  options.recorded = seed % 3 == 0;
  for (size_t task = 0; task < 60; ++task) {
    const std::string name = "t" + std::to_string(task);
    const int64_t sizes[] = {0, 1'000, 1'000, 300'000, 210'000'000, 400'000'000};
    options.object_sizes[name] = Bytes(sizes[random.below(seed % 2 == 0 ? 6 : 4)]);
    options.durations[name] = Duration::milliseconds(static_cast<int64_t>(random.below(4000)));
    if (options.recorded) options.threads[name] = random_threads.chance(0.3) ? 16 : 1;
  }
  return options;
}

void check(const std::string& text, const DagTextOptions& options, const test::PolicySetup& policy,
           uint64_t seed) {
  const dag::Dag dag = dag_from_text(text, options);
  const test::PolicyRun run = test::run_policy(dag, policy, seed);
  const std::vector<std::string> broken = violations(dag, policy.platform, run);
  if (broken.empty()) return;
  INFO("the DAG: " << text << " seed: " << seed);
  for (const std::string& sentence : broken) UNSCOPED_INFO(sentence);
  CHECK(broken.empty());
}

TEST_CASE("there are 1, 2, 6, 31 and 302 DAGs of 1 to 5 tasks, each shape once") {
  // OEIS A003087: acyclic digraphs with n unlabelled nodes.
  const size_t counts[] = {1, 2, 6, 31, 302};
  for (size_t tasks = 1; tasks <= 5; ++tasks) CHECK(all_dags(tasks).size() == counts[tasks - 1]);
  CHECK(all_dags(2) == std::vector<std::string>{"a; b; ", "a -> b; "});
}

TEST_CASE("every policy has a preset, so that the tests below run it") {
  std::set<std::string_view> with_preset;
  for (const std::string& system : test::every_system())
    with_preset.insert(test::make_policy(system).system.policy->name);
  with_preset.insert("ideal");  // a bound, not a run: see the next test
  for (const scheduler::Policy& policy : systems::policies())
    CHECK(with_preset.count(policy.name) == 1);
}

TEST_CASE("no system on functions is faster than the lower bound, or pays less for them") {
  const test::PolicySetup bound = test::make_policy("{ideal: {store: s3}}");
  for (const std::string& system : systems()) {
    const test::PolicySetup policy = test::make_policy(system);
    for (uint64_t seed = 1; seed <= 10; ++seed) {
      const std::string text = random_dag(seed);
      const dag::Dag dag =
          dag_from_text(text, random_options(seed, RandomStream(seed, "sizes and durations")));
      const run::RunResult least = test::run_policy(dag, bound, seed).result;
      const run::RunResult run = test::run_policy(dag, policy, seed).result;
      INFO("system: " << system << " the DAG: " << text << " seed: " << seed);
      if (run.invocations == 0) continue;  // it runs on machines
      CHECK(run.makespan >= least.makespan);
      CHECK(run.cost.of(accounting::CostItem::functions) >=
            least.cost.of(accounting::CostItem::functions));
    }
  }
}

TEST_CASE("every system keeps the invariants on every DAG of up to five tasks", "[long]") {
  for (const std::string& system : systems()) {
    INFO("system: " << system);
    const test::PolicySetup policy = test::make_policy(system);
    for (size_t tasks = 1; tasks <= 5 - test::kSmaller; ++tasks)
      for (const std::string& text : all_dags(tasks)) {
        check(text, even(), policy, 1);
        check(text, uneven(), policy, 2);
        check(text, without_objects(), policy, 3);
      }
  }
}

TEST_CASE("every system keeps the invariants where functions are throttled") {
  for (const std::string& system : systems()) {
    INFO("system: " << system << ", three functions at a time");
    const test::PolicySetup policy =
        test::make_policy(system, "{preset: aws-2020, functions: {account_concurrency: 3}}");
    for (const std::string& text : all_dags(4)) check(text, uneven(), policy, 3);
  }
}

TEST_CASE("every system keeps the invariants on random DAGs") {
  for (const std::string& system : systems()) {
    INFO("system: " << system);
    const test::PolicySetup policy = test::make_policy(system);
    for (uint64_t seed = 1; seed <= 20; ++seed)
      check(random_dag(seed), random_options(seed, RandomStream(seed, "sizes and durations")),
            policy, seed);
  }
}

TEST_CASE("Wukong keeps the invariants with any set of switches") {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    RandomStream random(seed, "switches");
    std::string options = "proxy_threshold: " + std::to_string(2 + random.below(4));
    for (const char* name : {"clustering_fan_out", "clustering_fan_in", "delayed_io",
                             "bit_counters", "become_first_only"})
      options += std::string(", ") + name + ": " + (random.chance(0.5) ? "true" : "false");
    if (random.chance(0.3)) options += ", inline_argument_limit_bytes: 2000";
    if (random.chance(0.5)) options += ", delayed_io_tries: 1, delayed_io_step_s: 0.2";
    INFO("switches: " << options);
    const auto policy = test::make_policy("{wukong: {" + options + "}}");
    check(random_dag(seed), random_options(seed, random), policy, seed);
  }
}

// Killed at the time limit, retried by the service, given up after the third try: not all runs come
// to their end, but none goes wrong. (Integer counters count a retried executor twice.)
TEST_CASE(
    "with bit counters no task of Wukong starts early though functions are killed and retried") {
  size_t repeated = 0;
  for (const char* switches : {"delayed_io: true", "delayed_io: false", "proxy_threshold: 2"}) {
    const auto policy =
        test::make_policy(std::string("{wukong: {bit_counters: true, ") + switches + "}}",
                          "{preset: aws-2020, functions: {time_limit_s: 6, "
                          "async_events: {retry_waits_s: [0.1, 0.2]}}}");
    for (uint64_t seed = 1; seed <= 100; ++seed) {
      const std::string text = random_dag(seed);
      DagTextOptions dag_options = random_options(seed, RandomStream(seed, "sizes and durations"));
      dag_options.without_objects = seed % 2 == 0;
      const dag::Dag dag = dag_from_text(text, dag_options);
      const test::PolicyRun run = test::run_policy(dag, policy, seed);
      repeated += run.count(engine::TraceKind::failed);
      for (const std::string& sentence : violations(dag, policy.platform, run)) {
        INFO("the DAG: " << text << " seed: " << seed << ", " << switches << ": " << sentence);
        CHECK(sentence.find("starts before") == std::string::npos);
        CHECK(sentence.find("read before") == std::string::npos);
      }
    }
  }
  CHECK(repeated > 100);
}

TEST_CASE("the time spent in tasks is counted once by every system") {
  // Four tasks of 100 ms.
  const auto dag = test::dag_from_text("a -> b; a -> c; b -> d; c -> d");
  for (const std::string& system : test::every_system()) {
    INFO(system);
    const auto run = test::run_policy(dag, system);
    const auto execute = static_cast<size_t>(accounting::Activity::execute);
    CHECK(run.result.usage.time[execute] == Duration::milliseconds(400));
  }
}

}  // namespace
}  // namespace wukong
