#include "bench/fuzz/swarm.h"

#include <unistd.h>

#include "bench/fuzz/case_generator.h"
#include "bench/fuzz/option_catalog.h"
#include "bench/fuzz/shrink.h"
#include "sim/base/check.h"
#include "test/catch.h"

namespace wukong::fuzz {
namespace {

SwarmResult swarm(const FuzzWork& work, SwarmOptions options) {
  return run_swarm(work, options, [](const SwarmResult&, double) {});
}

FuzzReport fine(uint64_t index) {
  FuzzReport report;
  report.index = index;
  report.runs = report.completed = 1;
  return report;
}

TEST_CASE("what a swarm finds does not depend on the number of processes", "[fuzz]") {
  const FuzzWork work = [](uint64_t index) {
    FuzzReport report = fine(index);
    if (index == 41 || index == 23) report.violations = {"wrong", "and\tstrange"};
    return report;
  };
  for (const unsigned workers : {1u, 2u, 5u}) {
    const SwarmResult result = swarm(work, {.first = 3, .end = 60, .workers = workers});
    REQUIRE(result.failure.has_value());
    CHECK(result.failure->index == 23);
    CHECK(result.failure->violations == std::vector<std::string>{"wrong", "and strange"});
    CHECK(result.total.runs >= 21);
  }
  const SwarmResult clean = swarm(work, {.first = 24, .end = 41, .workers = 3});
  CHECK_FALSE(clean.failure.has_value());
  CHECK(clean.total.runs == 17);
}

TEST_CASE("a run that aborts is found with what it said", "[fuzz]") {
  const FuzzWork work = [](uint64_t index) {
    ENSURE(index != 5, index);
    return fine(index);
  };
  const SwarmResult result = swarm(work, {.end = 20, .workers = 2});
  REQUIRE(result.failure.has_value());
  CHECK(result.failure->index == 5);
  REQUIRE(result.failure->violations.size() == 1);
  CHECK(result.failure->violations[0].find("signal 6") != std::string::npos);
  CHECK(result.failure->violations[0].find("invariant violated: index != 5") != std::string::npos);
}

TEST_CASE("a run that never ends is given up", "[fuzz]") {
  const FuzzWork work = [](uint64_t index) {
    while (index == 2) ::usleep(1000);
    return fine(index);
  };
  const SwarmResult result = swarm(work, {.end = 4, .workers = 1, .patience_s = 0.3});
  REQUIRE(result.failure.has_value());
  CHECK(result.failure->index == 2);
  CHECK(result.failure->violations.at(0).find("did not end within") != std::string::npos);
}

TEST_CASE("a case depends on seed and number alone, and can be read as an experiment", "[fuzz]") {
  const OptionCatalog options;
  const auto text_of = [&](uint64_t seed, uint64_t index) {
    return random_case(options, seed, index).to_text();
  };
  CHECK(text_of(7, 12) == text_of(7, 12));
  CHECK(text_of(7, 12) != text_of(7, 13));
  CHECK(text_of(7, 12) != text_of(8, 12));
  for (uint64_t index = 0; index < 100; ++index) {
    const std::string text = text_of(7, index);
    INFO(text);
    CHECK(report_case(index, text, options).violations.empty());  // read, or refused by its key
    CHECK(text.find('\n') == std::string::npos);
    CHECK(text.find('\'') == std::string::npos);  // the replay quotes it so
  }
}

TEST_CASE("shrinking keeps what a failure needs, and nothing else", "[fuzz]") {
  FuzzCase large;
  large.system = "wukong";
  large.platform = "aws-2020";
  for (size_t task = 0; task < 20; ++task) {
    large.tasks.push_back({{}, 3e5, 2});
    if (task > 0) large.tasks.back().predecessors = {task - 1};
    if (task > 5) large.tasks.back().predecessors.push_back(task / 2);
  }
  large.platform_settings = {{"a", "1"}, {"b", "2"}};
  large.system_settings = {{"needed", "1"}, {"c", "2"}, {"d", "3"}};
  large.faults = {{"hang", "0.1"}, {"longest_delay_s", "2"}};
  std::vector<faults::FaultPoint> struck;
  for (uint64_t number = 1; number <= 40; ++number)
    struck.push_back({faults::FaultKind::hang, number});
  const FuzzTrial trial = [](const FuzzCase& candidate) -> std::vector<std::string> {
    size_t edges = 0;
    for (const FuzzTask& task : candidate.tasks) edges += task.predecessors.size();
    const bool needed =
        !candidate.system_settings.empty() && candidate.system_settings[0].first == "needed";
    const auto& points = candidate.points;
    const bool has_fault =
        candidate.faults.size() == 2 ||
        std::find(points.begin(), points.end(), faults::FaultPoint{faults::FaultKind::hang, 17}) !=
            points.end();
    if (edges >= 2 && needed && has_fault) return {"it fails"};
    return {};
  };
  const Shrunk shrunk = shrink(large, struck, trial);
  CHECK(shrunk.smallest.tasks.size() == 3);
  CHECK(shrunk.smallest.tasks.back().seconds == 0.1);
  CHECK(shrunk.smallest.points == std::vector<faults::FaultPoint>{{faults::FaultKind::hang, 17}});
  CHECK(shrunk.smallest.faults.empty());
  CHECK(shrunk.smallest.platform_settings.empty());
  CHECK(shrunk.smallest.system_settings == FuzzSettings{{"needed", "1"}});
  CHECK(shrunk.violations == std::vector<std::string>{"it fails"});
}

}  // namespace
}  // namespace wukong::fuzz
