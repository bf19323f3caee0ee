// Critical paths of real runs: every system, and random ones.
#include <algorithm>
#include <string>

#include "bench/critical_path/path_recorder.h"
#include "bench/fuzz/case_generator.h"
#include "bench/fuzz/fuzz_case.h"
#include "bench/fuzz/option_catalog.h"
#include "bench/simulation/run.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"

namespace wukong::critical_path {
namespace {

using run::PathPart;

constexpr const char* kDiamonds =
    "a -> b -> d; a -> c -> d; d -> e; d -> f; d -> g; e -> h; f -> h; g -> h";

struct Explained {
  run::RunResult result;
  run::CriticalPath path;
};

Explained explain(const std::string& system, const dag::Dag& dag) {
  const test::PolicySetup policy = test::make_policy(system);
  PathRecorder recorder;
  simulation::RunOptions options;
  options.listener = &recorder;
  options.wakes = &recorder;
  options.sink = &recorder;
  Explained explained;
  explained.result = simulation::run_once(policy.platform, policy.system, "test", dag, options);
  REQUIRE(explained.result.completed);
  explained.path = *recorder.path();
  return explained;
}

std::vector<std::string> systems_and_bound() {
  std::vector<std::string> systems = test::every_system();
  systems.emplace_back("ideal");
  return systems;
}

TEST_CASE("the parts of every system's path add up to its makespan, to the nanosecond",
          "[critical_path]") {
  for (const std::string& system : systems_and_bound()) {
    INFO(system);
    const Explained run = explain(system, test::dag_from_text(kDiamonds));
    CHECK(run.path.total() == run.result.makespan);
    Time reached;
    Duration sum;
    for (const run::PathSegment& segment : run.path.segments) {
      CHECK(segment.begin == reached);
      CHECK(segment.end > segment.begin);
      reached = segment.end;
      sum += segment.end - segment.begin;
    }
    CHECK(sum == run.result.makespan);
  }
}

TEST_CASE("of every system's time less than a hundredth is not explained", "[critical_path]") {
  for (const std::string& system : systems_and_bound()) {
    const Explained run = explain(system, test::dag_from_text(kDiamonds));
    INFO(system << ": " << run.path.of(PathPart::unattributed).count_ns() << " ns of "
                << run.result.makespan.count_ns());
    CHECK(run.path.of(PathPart::unattributed) * 100 < run.result.makespan);
  }
}

TEST_CASE("to listen for the path changes no run", "[critical_path]") {
  for (const std::string& system : systems_and_bound()) {
    INFO(system);
    const dag::Dag dag = test::dag_from_text(kDiamonds);
    const auto plain = test::run_policy(dag, test::make_policy(system));
    const Explained run = explain(system, dag);
    CHECK(run.result.trace_hash == plain.result.trace_hash);
    CHECK(run.result.makespan == plain.result.makespan);
  }
}

TEST_CASE("the path of every system that runs tasks goes through the longest one",
          "[critical_path]") {
  test::DagTextOptions options;
  options.durations = {{"c", Duration::seconds(50)}};
  const dag::Dag dag = test::dag_from_text(kDiamonds, options);
  for (const std::string& system : test::every_system()) {
    INFO(system);
    const Explained run = explain(system, dag);
    const auto c = std::find_if(run.path.segments.begin(), run.path.segments.end(),
                                [](const auto& segment) { return segment.what == "c"; });
    REQUIRE(c != run.path.segments.end());
    CHECK(c->end - c->begin == Duration::seconds(50));
    CHECK(run.path.of(PathPart::compute) >= Duration::seconds(50));
  }
}

TEST_CASE("the parts add up in random runs under random faults", "[critical_path][fuzz]") {
  const fuzz::OptionCatalog options;
  int completed = 0;
  for (uint64_t index = 0; index < 200; ++index) {
    const std::string text = fuzz::random_case(options, 77, index).to_text();
    INFO(text);
    run::RunResult result;
    try {
      const fuzz::PreparedCase prepared = fuzz::prepare_case(text);
      if (!prepared.dag || prepared.emulated) continue;
      result = fuzz::run_case(prepared, prepared.experiment.faults);
    } catch (const Error&) {  // it is refused
      continue;
    }
    if (!result.completed) continue;
    ++completed;
    REQUIRE(result.critical_path.has_value());
    CHECK(result.critical_path->total() == result.makespan);
  }
  CHECK(completed > 30);
}

}  // namespace
}  // namespace wukong::critical_path
