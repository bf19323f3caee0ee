#include "bench/simulation/jobs_simulation.h"

#include <algorithm>

#include "bench/experiment/preset_setup.h"
#include "bench/run/job_load.h"
#include "bench/simulation/run.h"
#include "bench/simulation/simulation.h"
#include "test/catch.h"
#include "test/support/dag_text.h"

namespace wukong::simulation {
namespace {

using arrivals::Arrival;
using arrivals::JobKindId;
using literals::operator""_s;

class ListedArrivals final : public arrivals::Arrivals {
 public:
  explicit ListedArrivals(std::vector<Arrival> arrivals) : arrivals_(std::move(arrivals)) {}
  std::optional<Arrival> next() override {
    if (next_ == arrivals_.size()) return std::nullopt;
    return arrivals_[next_++];
  }

 private:
  std::vector<Arrival> arrivals_;
  size_t next_ = 0;
};

// A load of one system's jobs on DAGs.
struct Loaded {
  explicit Loaded(const std::string& system_text, const std::string& platform_text = "aws-2020")
      : platform(experiment::preset_platform(platform_text)),
        system(experiment::preset_system(system_text)) {}

  Loaded& job(const dag::Dag& dag) {
    load.kinds.push_back(job_of(system, "kind " + std::to_string(load.kinds.size()), dag));
    return *this;
  }
  // Job i arrives at the i-th of these, and is of the kind i modulo the number of kinds.
  run::RunResult run(const std::vector<Duration>& times, Duration horizon = 1'000'000_s) {
    std::vector<Arrival> arrivals;
    for (const Duration time : times)
      arrivals.push_back({Time::at(time), JobKindId(arrivals.size() % load.kinds.size())});
    load.arrivals = [arrivals](uint64_t) { return std::make_unique<ListedArrivals>(arrivals); };
    return JobsSimulation(platform, load, {.seed = 7, .horizon = horizon, .check = true}).run();
  }
  run::RunResult alone(const dag::Dag& dag, uint64_t number) const {
    return run_once(platform, system, "alone", dag,
                    {.seed = run::seed_of_job(7, number), .horizon = 1'000'000_s});
  }

  platform::PlatformSpec platform;
  experiment::SystemSetup system;
  run::JobLoad load;
};

std::vector<Duration> hours_apart(size_t count) {
  std::vector<Duration> times;
  for (size_t i = 0; i < count; ++i) times.push_back(3600_s * static_cast<int64_t>(i));
  return times;
}

std::vector<Duration> at_once(size_t count) { return std::vector<Duration>(count); }

const char* const kSystems[] = {"wukong", "numpywren", "pywren",  "strawman",
                                "pubsub", "dask-125",  "lithops", "dask-threads"};

TEST_CASE("jobs an hour apart take exactly what each takes alone, with every system", "[load]") {
  const char* const system = GENERATE(from_range(std::begin(kSystems), std::end(kSystems)));
  INFO(system);
  const dag::Dag dag = test::dag_from_text("a -> c; b -> c; c -> d; c -> e; d -> f; e -> f");
  Loaded loaded(system);
  const run::RunResult result = loaded.job(dag).run(hours_apart(5));
  REQUIRE(result.failure.empty());
  std::vector<Duration> alone;
  Money cost;
  accounting::Usage usage;
  uint64_t invocations = 0, cold_starts = 0, executed = 0;
  for (uint64_t number = 0; number < 5; ++number) {
    const run::RunResult one = loaded.alone(dag, number);
    alone.push_back(one.makespan);
    cost += one.cost.total();
    usage.add(one.usage);
    invocations += one.invocations;
    cold_starts += one.cold_starts;
    executed += one.executed;
  }
  std::sort(alone.begin(), alone.end());
  const statistics::QuantileSketch& response = result.load->all.response;
  REQUIRE(response.count() == 5);
  for (size_t i = 0; i < 5; ++i)
    CHECK(response.quantile(0.2 * static_cast<double>(i + 1)) == alone[i]);
  CHECK(result.usage == usage);
  CHECK(result.cost.total() == cost);
  CHECK(result.load->all.cost == cost);
  CHECK(result.invocations == invocations);
  CHECK(result.cold_starts == cold_starts);
  CHECK(result.executed == executed);
}

TEST_CASE("a job that arrives soon after another finds its environments warm", "[load]") {
  const dag::Dag dag = test::dag_from_text("a; b; c; d");
  Loaded loaded("wukong");
  loaded.job(dag);
  const run::RunResult apart = loaded.run({0_s, 3600_s});
  const run::RunResult soon = loaded.run({0_s, 60_s});
  CHECK(apart.cold_starts == 2 * soon.cold_starts);
  CHECK(soon.load->all.response.min() < apart.load->all.response.min());
  CHECK(apart.load->idle_gb_s > soon.load->idle_gb_s);
}

TEST_CASE("jobs share the account's concurrency, first come, first served", "[load]") {
  test::DagTextOptions options;
  options.duration = 10_s;
  const dag::Dag dag = test::dag_from_text("a; b; c; d", options);
  Loaded loaded("wukong", "{preset: aws-2020, functions: {account_concurrency: 4}}");
  const run::RunResult result = loaded.job(dag).run({0_s, 1_s});
  REQUIRE(result.failure.empty());
  CHECK(result.peak_concurrency == 4);
  CHECK(result.throttles > 0);
  const run::LoadGroup& all = result.load->all;
  CHECK(all.response.min() < 13_s);
  CHECK(all.response.max() > 19_s);
  CHECK(all.slowdown.max() > Duration::nanoseconds(1'500'000));
  CHECK(all.queueing.max() > 5_s);
}

TEST_CASE("each kind of jobs has its own results, and its own time alone", "[load]") {
  test::DagTextOptions slow;
  slow.duration = 20_s;
  const dag::Dag small = test::dag_from_text("a");
  const dag::Dag large = test::dag_from_text("a -> b", slow);
  Loaded loaded("wukong");
  const run::RunResult result = loaded.job(small).job(large).run(hours_apart(5));
  const std::vector<run::LoadGroup>& groups = result.load->groups;
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].arrived == 3);
  CHECK(groups[1].arrived == 2);
  CHECK(groups[0].response.max() < 10_s);
  CHECK(groups[1].response.min() > 40_s);
  CHECK(*groups[1].alone > 40_s);
  CHECK(groups[0].cost + groups[1].cost == result.load->all.cost);
  CHECK(result.tasks == 3 * 1 + 2 * 2);
}

TEST_CASE("jobs of the warm-up are run, and are in no statistics", "[load]") {
  const dag::Dag dag = test::dag_from_text("a");
  Loaded loaded("wukong");
  loaded.load.warm_up = 7200_s;
  const run::RunResult result = loaded.job(dag).run(hours_apart(5));
  CHECK(result.executed == 5);
  CHECK(result.load->all.arrived == 5);
  CHECK(result.load->all.left_out == 2);
  CHECK(result.load->all.response.count() == 3);
  CHECK(result.load->all.invocations * 5 == result.invocations * 3);
}

TEST_CASE("a job that cannot go on fails by itself, and a horizon ends those under way", "[load]") {
  test::DagTextOptions slow;
  slow.duration = 100_s;
  const dag::Dag dag = test::dag_from_text("a", slow);
  Loaded hopeless("wukong", "{preset: aws-2020, functions: {time_limit_s: 50}}");
  const run::RunResult lost = hopeless.job(dag).run({0_s, 1000_s});
  CHECK(lost.completed);
  CHECK(lost.load->all.failed == 2);
  CHECK(lost.load->all.response.count() == 0);
  CHECK_FALSE(lost.load->all.first_failure.empty());
  Loaded late("wukong");
  const run::RunResult cut = late.job(dag).run({0_s, 1000_s}, 1050_s);
  CHECK_FALSE(cut.completed);
  CHECK(cut.load->all.arrived == 2);
  CHECK(cut.load->all.failed == 1);
}

TEST_CASE("shared stores are rented once, and jobs are slower where they crowd them", "[load]") {
  test::DagTextOptions options;
  options.object_size = Bytes(20'000'000);
  const dag::Dag dag = test::dag_from_text("a -> b; a -> c; a -> d", options);
  Loaded loaded("{numpywren: {store: redis-1, workers: 4}}");
  loaded.job(dag);
  const run::RunResult own = loaded.run(at_once(20));
  loaded.load.shared_stores = true;
  const run::RunResult shared = loaded.run(at_once(20));
  CHECK(shared.load->all.response.mean() > own.load->all.response.mean());
  CHECK(own.load->shared_cost == Money());
  CHECK(shared.load->shared_cost > Money());
  CHECK(shared.cost.total() == shared.load->all.cost + shared.load->shared_cost);
  const run::RunResult apart = loaded.run(hours_apart(2));
  CHECK(apart.load->all.response.min() < shared.load->all.response.min());
}

TEST_CASE("a job that repeats without end ends the load, which names it", "[load]") {
  // Every pair of these tasks is an edge. A function that becomes one after the other runs into its
  // time limit, and with bit counters its retry goes on with all that follows, once more.
  std::string edges;
  for (char from = 'a'; from < 't'; ++from)
    for (char to = static_cast<char>(from + 1); to <= 't'; ++to)
      edges += std::string(edges.empty() ? "" : "; ") + from + " -> " + to;
  const dag::Dag dag = test::dag_from_text(edges);
  Loaded loaded("{wukong: {bit_counters: true}}",
                "{preset: aws-2020, functions: {time_limit_s: 1.2}}");
  const run::RunResult result = loaded.job(dag).run(at_once(2));
  CHECK_FALSE(result.completed);
  CHECK(result.avalanche);
  CHECK_THAT(result.failure, Catch::StartsWith("job ") &&
                                 Catch::Contains("an avalanche of repeated work") &&
                                 Catch::Contains("ran into its time limit"));
  CHECK(result.load->all.arrived == 2);
  CHECK(result.violations.empty());
}

TEST_CASE("a load is the same with the same seed, and repeats no job's draws", "[load]") {
  const dag::Dag dag = test::dag_from_text("a -> c; b -> c");
  Loaded loaded("numpywren");
  loaded.job(dag);
  const run::RunResult first = loaded.run(at_once(20));
  const run::RunResult second = loaded.run(at_once(20));
  CHECK(first.trace_hash == second.trace_hash);
  CHECK(first.cost.total() == second.cost.total());
  CHECK(first.load->all.response.min() < first.load->all.response.max());
}

}  // namespace
}  // namespace wukong::simulation
