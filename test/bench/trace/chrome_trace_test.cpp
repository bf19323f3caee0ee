// What a trace file shows, against what the run did. That the JSON parses, that every begin has its
// end, and that spans of a row are nested in time, is checked by every traced run (traced_run.h).
#include "bench/trace/chrome_trace.h"

#include <algorithm>
#include <map>
#include <set>

#include "test/bench/support/error_text.h"
#include "test/bench/support/traced_run.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/golden.h"
#include "test/support/policy_run.h"
#include "workloads/linear_algebra/tsqr.h"

namespace wukong::trace {
namespace {

using test::dag_from_text;

constexpr const char* kDiamonds =
    "a -> b -> d; a -> c -> d; d -> e; d -> f; d -> g; e -> h; f -> h; g -> h";

std::map<std::string, int> count_by_name(const std::vector<test::TracedSpan>& spans) {
  std::map<std::string, int> count;
  for (const test::TracedSpan& span : spans) ++count[span.name];
  return count;
}

dag::Dag tsqr(dag::DagForm form) {
  linear_algebra::TsqrParameters parameters;
  parameters.rows = int64_t{1} << 18;
  parameters.columns = 128;
  return make_tsqr(parameters, form);
}

TEST_CASE("a trace of Wukong shows every task once, by name, for as long as it ran", "[trace]") {
  test::DagTextOptions options;
  options.durations = {{"c", Duration::milliseconds(250)}};
  const dag::Dag dag = dag_from_text(kDiamonds, options);
  const test::TracedRun run = test::trace_run(dag, "wukong");
  const std::vector<test::TracedSpan> tasks = run.of("task");
  REQUIRE(tasks.size() == dag.task_count());
  for (const TaskId task : dag.tasks()) CHECK(count_by_name(tasks)[dag.name(task)] == 1);
  for (const test::TracedSpan& task : tasks)
    CHECK(task.end_us - task.begin_us == Approx(task.name == "c" ? 250'000 : 100'000));
}

TEST_CASE("in every system's trace executions are tasks, and invocations are functions",
          "[trace]") {
  for (const std::string& system : test::every_system()) {
    INFO(system);
    const test::TracedRun run = test::trace_run(dag_from_text(kDiamonds), system);
    CHECK(run.result.completed);
    CHECK(run.of("task").size() == run.result.executed);
    CHECK(run.of("function").size() == run.result.invocations);
    CHECK(run.of("start").size() == run.result.invocations);
    const auto starts = count_by_name(run.of("start"));
    const auto cold = std::count_if(starts.begin(), starts.end(), [](const auto& start) {
      return start.first.starts_with("cold start ");
    });
    CHECK(static_cast<uint64_t>(cold) == run.result.cold_starts);
  }
}

TEST_CASE("listening does not change a run", "[trace]") {
  for (const std::string& system : test::every_system()) {
    INFO(system);
    const dag::Dag dag = dag_from_text(kDiamonds);
    CHECK(test::trace_run(dag, system).result.trace_hash ==
          test::run_policy(dag, system).result.trace_hash);
  }
}

TEST_CASE("the same run gives the same trace, byte for byte", "[trace]") {
  const dag::Dag dag = tsqr(dag::DagForm::dask);
  const std::string once = test::trace_run(dag, "wukong").text;
  CHECK(once == test::trace_run(dag, "wukong").text);
  CHECK(once.find("\"seed\":1,") != std::string::npos);
}

TEST_CASE("the curve of concurrency has the run's peak, and ends at zero", "[trace]") {
  const test::TracedRun run = test::trace_run(tsqr(dag::DagForm::dask), "wukong");
  const std::vector<double>& running = run.counters.at("concurrency: functions");
  REQUIRE(run.result.peak_concurrency > 1);
  CHECK(*std::max_element(running.begin(), running.end()) ==
        static_cast<double>(run.result.peak_concurrency));
  CHECK(running.back() == 0);
}

TEST_CASE("the last values of cost and bytes are the result's", "[trace]") {
  const test::TracedRun run = test::trace_run(tsqr(dag::DagForm::dask), "wukong");
  const std::vector<double>& cost = run.counters.at("cost so far: USD");
  CHECK(cost.back() == Approx(run.result.cost.total().to_usd()).epsilon(1e-5));
  CHECK(std::is_sorted(cost.begin(), cost.end()));
  CHECK(run.counters.at("bytes so far: read").back() ==
        static_cast<double>(run.result.usage.read.count()));
  CHECK(run.counters.at("bytes so far: written").back() ==
        static_cast<double>(run.result.usage.written.count()));
}

TEST_CASE("operations of the store carry their bytes and their shard", "[trace]") {
  const test::TracedRun run = test::trace_run(tsqr(dag::DagForm::dask), "wukong");
  std::map<char, int64_t> bytes;
  std::set<int64_t> shards;
  for (const test::TracedSpan& span : run.of("object")) {
    if (span.name.starts_with("exists")) continue;  // of which nothing is sent
    bytes[span.name.front()] += span.notes.at("bytes");
    // Results are in the metadata store, which is one server.
    if (span.notes.contains("shard")) shards.insert(span.notes.at("shard"));
  }
  CHECK(bytes['g'] == run.result.usage.read.count());
  CHECK(bytes['p'] == run.result.usage.written.count());
  CHECK(shards.size() > 10);
  CHECK(*shards.rbegin() < 75);
}

TEST_CASE("a shard's curve is the share of its network that is used", "[trace]") {
  // What it covers is what was sent: the sum of share x network x time; shares are rounded to 0.1%.
  const std::string system = "{wukong: {store: redis-1}}";
  const test::TracedRun run = test::trace_run(tsqr(dag::DagForm::dask), system);
  const std::string machine = "r5n.16xlarge";
  const double network = static_cast<double>(
      test::make_policy(system).platform.machines.at(machine).network.peak().count());
  const std::vector<double>& times = run.counter_times.at("shard 0: out, %");
  const std::vector<double>& shares = run.counters.at("shard 0: out, %");
  double sent = 0;
  for (size_t i = 0; i + 1 < times.size(); ++i)
    sent += shares[i] / 100 * network * (times[i + 1] - times[i]) * 1e-6;
  CHECK(sent == Approx(static_cast<double>(run.result.usage.read.count())).epsilon(0.03));
  CHECK(*std::max_element(shares.begin(), shares.end()) <= 100);
  CHECK(shares.back() == 0);
}

TEST_CASE("an arrow leads from each call to the function that it started", "[trace]") {
  const test::TracedRun run = test::trace_run(tsqr(dag::DagForm::dask), "wukong");
  std::set<int64_t> from(run.arrows_from.begin(), run.arrows_from.end());
  const std::set<int64_t> to(run.arrows_to.begin(), run.arrows_to.end());
  CHECK(from.size() == run.arrows_from.size());
  CHECK(from == to);
  CHECK(to.size() == run.result.invocations);
}

TEST_CASE("functions have one row for each environment, and machines rows with names", "[trace]") {
  const test::TracedRun run = test::trace_run(tsqr(dag::DagForm::dask), "wukong");
  std::set<int64_t> rows;
  for (const test::TracedSpan& span : run.of("function")) {
    rows.insert(span.row);
    CHECK(run.row_names.at(span.row).starts_with("environment "));
  }
  CHECK(rows.size() == run.result.cold_starts);
  std::set<std::string> names;
  for (const test::TracedSpan& span : run.of("invoke")) names.insert(run.row_names.at(span.row));
  CHECK(names.contains("scheduler (2)"));
}

TEST_CASE("Dask's tasks are in the rows of its workers, and no function is there", "[trace]") {
  const test::TracedRun run = test::trace_run(dag_from_text("a;b;c;d;e;f -> g"), "dask-laptop");
  for (const test::TracedSpan& span : run.of("task"))
    CHECK(run.row_names.at(span.row).starts_with("worker "));
  CHECK(run.of("work").front().name == "graph");
  CHECK(run.of("function").empty());
}

TEST_CASE("numpywren's trace shows its polls, empty ones too, and the driver's waits", "[trace]") {
  const test::TracedRun run = test::trace_run(dag_from_text("a -> b"), "{numpywren: {workers: 2}}");
  uint64_t empty = 0;
  for (const test::TracedSpan& span : run.of("queue"))
    if (span.name == "receive") empty += span.notes.contains("empty") ? 1 : 0;
  CHECK(empty == run.result.usage.count_of(accounting::Operation::queue_receive_empty));
  CHECK(count_by_name(run.of("wait")).contains("next poll"));
}

TEST_CASE("an executor that is killed at its time limit ends in the trace, and its retry follows",
          "[trace]") {
  test::DagTextOptions options;
  options.durations = {{"a", Duration::seconds(3)}};
  const test::TracedRun run = test::trace_run(dag_from_text("a -> b", options), "wukong",
                                              "{preset: aws-2020, functions: {time_limit_s: 2}}");
  CHECK(!run.result.completed);
  const std::vector<test::TracedSpan> functions = run.of("function");
  REQUIRE(functions.size() == 3);  // asynchronous invocations are retried twice
  for (const test::TracedSpan& span : functions) CHECK(span.end_us - span.begin_us == Approx(2e6));
  CHECK(functions[1].notes.at("retry") == 1);
  CHECK(std::count(run.marks.begin(), run.marks.end(), "invocation failed") == 3);
  CHECK(run.arrows_from.size() == 1);
  CHECK(run.text.find("\"failure\":\"1 invocation was given up") != std::string::npos);
}

TEST_CASE("a run that is cut off leaves a whole trace", "[trace]") {
  const test::TracedRun run = test::trace_run(
      tsqr(dag::DagForm::numpywren), "{numpywren: {workers: 4}}", "aws-2020", Duration::seconds(5));
  CHECK(!run.result.completed);
  CHECK(run.spans.back().end_us == 5e6);
}

TEST_CASE("the trace of a small run is what it was before", "[trace][golden]") {
  const test::TracedRun run =
      test::trace_run(dag_from_text("a -> b; a -> c; b -> d; c -> d"), "wukong");
  CHECK(test::golden_difference("golden/trace-diamond.json", run.text) == "");
}

TEST_CASE("a trace that cannot be written is an error with the reason", "[trace]") {
  CHECK(test::error_text([] { ChromeTrace trace("/no/such/folder/t.json"); }) ==
        "/no/such/folder/t.json: cannot be written: No such file or directory");
  const test::PolicySetup policy = test::make_policy("wukong");
  const dag::Dag dag = tsqr(dag::DagForm::dask);
  ChromeTrace trace("/dev/full");
  simulation::RunOptions options;
  options.listener = &trace;
  CHECK(simulation::run_once(policy.platform, policy.system, "test", dag, options).completed);
  CHECK(test::error_text([&] { trace.close(); }) ==
        "/dev/full: cannot be written: No space left on device");
}

}  // namespace
}  // namespace wukong::trace
