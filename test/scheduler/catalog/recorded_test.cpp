// What a recorded run time means on every system: what the recorded run had to wait for is in it,
// and is not paid again; a slow environment makes it longer.
#include <string>
#include <vector>

#include "sim/base/random.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"
#include "workloads/wfformat/wfformat.h"

namespace wukong {
namespace {

using namespace literals;

struct RecordedTask {
  double seconds = 0;
  int64_t memory = 0;  // bytes
  int64_t cores = 1;
};

enum class RecordedShape { chain, side_by_side };

// As an instance of WfFormat says it; each task writes 1 kB.
dag::Dag recorded_workflow(const std::vector<RecordedTask>& tasks, RecordedShape shape) {
  std::string specification, files, execution;
  for (size_t i = 0; i < tasks.size(); ++i) {
    const std::string id = "t" + std::to_string(i);
    const std::string comma = i > 0 ? ", " : "";
    const bool reads = shape == RecordedShape::chain && i > 0;
    const std::string input = reads ? "\"f" + std::to_string(i - 1) + "\"" : "";
    const std::string parent = reads ? "\"t" + std::to_string(i - 1) + "\"" : "";
    const std::string child = shape == RecordedShape::chain && i + 1 < tasks.size()
                                  ? "\"t" + std::to_string(i + 1) + "\""
                                  : "";
    specification += comma + "{\"name\": \"step\", \"id\": \"" + id + "\", \"parents\": [" +
                     parent + "], \"children\": [" + child + "], \"inputFiles\": [" + input +
                     "], \"outputFiles\": [\"f" + std::to_string(i) + "\"]}";
    files += comma + "{\"id\": \"f" + std::to_string(i) + "\", \"sizeInBytes\": 1000}";
    execution += comma + "{\"id\": \"" + id +
                 "\", \"runtimeInSeconds\": " + std::to_string(tasks[i].seconds) +
                 ", \"coreCount\": " + std::to_string(tasks[i].cores) +
                 ", \"memoryInBytes\": " + std::to_string(tasks[i].memory) + "}";
  }
  return wfformat::parse_wfformat(
      R"({"name": "recorded", "schemaVersion": "1.5", "workflow": {"specification": {"tasks": [)" +
          specification + R"(], "files": [)" + files +
          R"(]}, "execution": {"makespanInSeconds": 1, "executedAt": "2024-01-01T00:00:00Z", )"
          R"("tasks": [)" +
          execution + "]}}}",
      "recorded.json");
}

double makespan(const dag::Dag& dag, const std::string& system,
                const std::string& platform = "aws-2020") {
  const test::PolicyRun run = test::run_policy(dag, system, platform);
  INFO(system << ": " << run.result.failure);
  REQUIRE(run.result.completed);
  return run.result.makespan.to_seconds();
}

TEST_CASE("two recorded tasks of 3 s take 6 s on Dask, however much memory theirs had") {
  for (const int64_t memory : {int64_t{0}, int64_t{2'000'000'000}, int64_t{8'000'000'000}}) {
    const RecordedTask task{.seconds = 3, .memory = memory};
    CHECK(makespan(recorded_workflow({task, task}, RecordedShape::chain), "dask-125") ==
          Approx(6).margin(0.1));
  }
}

TEST_CASE("a recorded time is not stretched twice: memory that fits changes no system's run") {
  const uint64_t seed = GENERATE(range(1, 9));
  RandomStream random(seed, "recorded chains");
  std::vector<RecordedTask> tasks(2 + random.below(4));
  for (RecordedTask& task : tasks) task.seconds = 0.1 + 5 * random.uniform();
  const dag::Dag without = recorded_workflow(tasks, RecordedShape::chain);
  // The smallest worker, of dask-laptop, has 2 GB and pauses at 80 %.
  for (RecordedTask& task : tasks) task.memory = static_cast<int64_t>(random.below(1'000'000'000));
  const dag::Dag with = recorded_workflow(tasks, RecordedShape::chain);
  for (const std::string& system : test::every_system()) {
    INFO(system << ", seed " << seed);
    CHECK(makespan(with, system) == makespan(without, system));
  }
}

const char* const kStragglers =
    "{preset: aws-2020, functions: {environment: {speed_sigma: 0.5}, warm_pool: {prewarmed: "
    "200}}}";

TEST_CASE("recorded tasks feel a slow environment of a function, sleeping ones do not") {
  // The slowest of 50 environments is exp(0.5 x 2.25) = 3.1 times as slow in the mean.
  const std::vector<RecordedTask> tasks(50, {.seconds = 10});
  const dag::Dag recorded = recorded_workflow(tasks, RecordedShape::side_by_side);
  std::string names;
  for (size_t i = 0; i < tasks.size(); ++i) names += "t" + std::to_string(i) + ";";
  const dag::Dag asleep = test::dag_from_text(names, {.duration = 10_s});
  for (const char* const system : {"wukong", "pywren"}) {
    INFO(system);
    CHECK(makespan(recorded, system, kStragglers) > makespan(recorded, system, test::kWarm) + 10);
    CHECK(makespan(asleep, system, kStragglers) == makespan(asleep, system, test::kWarm));
  }
}

TEST_CASE("a run with stragglers keeps the invariants, also where environments are fast") {
  const std::vector<RecordedTask> tasks(30, {.seconds = 10});
  const test::PolicySetup policy = test::make_policy("wukong", kStragglers);
  const auto dag = recorded_workflow(tasks, RecordedShape::side_by_side);
  const run::RunResult result =
      simulation::run_once(policy.platform, policy.system, "test", dag, {.seed = 1, .check = true});
  CHECK(result.violations == std::vector<std::string>{});
  CHECK(result.completed);
}

TEST_CASE("a task recorded on 16 cores takes 16 times as long in a program of one thread") {
  // numpywren's workers compute on one thread; 4 s more or less are its own.
  const auto narrow = recorded_workflow({{.seconds = 3, .cores = 1}}, RecordedShape::chain);
  const auto wide = recorded_workflow({{.seconds = 3, .cores = 16}}, RecordedShape::chain);
  const char* const numpywren = "{numpywren: {workers: 1}}";
  CHECK(makespan(wide, numpywren, test::kWarm) - makespan(narrow, numpywren, test::kWarm) ==
        Approx(45).margin(5));
}

}  // namespace
}  // namespace wukong
