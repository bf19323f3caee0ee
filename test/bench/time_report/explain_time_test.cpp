// `wukong explain-time` as a user runs it.
#include <algorithm>
#include <boost/json.hpp>
#include <sstream>
#include <string>

#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"
#include "test_paths.h"

namespace wukong::time_report {
namespace {

namespace json = boost::json;

const std::string kQuickstart = std::string(WUKONG_SOURCE) + "/configs/quickstart.yaml";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

void check_sums(const json::value& document) {
  for (const json::value& run : document.at("runs").as_array()) {
    if (run.as_object().if_contains("critical_path") == nullptr) continue;
    const json::value& path = run.at("critical_path");
    int64_t sum = 0;
    for (const auto& [name, part] : path.at("parts_ns").as_object()) sum += part.as_int64();
    CHECK(sum == path.at("makespan_ns").as_int64());
    int64_t reached = 0;
    for (const json::value& segment : path.at("segments").as_array()) {
      CHECK(segment.at("begin_ns").as_int64() == reached);
      reached = segment.at("end_ns").as_int64();
    }
    CHECK(reached == sum);
    CHECK(run.at("makespan_s").to_number<double>() == Approx(static_cast<double>(sum) * 1e-9));
  }
}

TEST_CASE("the time of all systems of the quickstart is explained side by side", "[program]") {
  const test::Outcome outcome = test::run("explain-time " + kQuickstart);
  CHECK(outcome.exit_code == 0);
  for (const char* part : {"wukong", "numpywren", "compute", "get", "queue", "invoke", "makespan",
                           "its longest segments"})
    CHECK(contains(outcome.output, part));
  CHECK_FALSE(contains(outcome.output, "unattributed"));
  std::istringstream lines(outcome.output);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
}

TEST_CASE("the documents of run and of explain-time have each system's path once", "[program]") {
  const test::Outcome alone = test::run("explain-time " + kQuickstart + " --json -");
  REQUIRE(alone.exit_code == 0);
  const json::value document = json::parse(alone.output);
  CHECK(document.at("runs").as_array().size() == 2);
  check_sums(document);
  const std::string run = "run " + kQuickstart + " --replicates 2 --json - ";
  const json::value beside = json::parse(test::run(run + "--explain-time").output);
  check_sums(beside);
  const json::array& runs = beside.at("runs").as_array();
  REQUIRE(runs.size() == 4);
  CHECK(runs[0].as_object().contains("critical_path"));
  CHECK_FALSE(runs[1].as_object().contains("critical_path"));
  CHECK(runs[2].at("critical_path") == document.at("runs").at(1).at("critical_path"));
  CHECK_FALSE(contains(test::run(run).output, "critical_path"));
}

TEST_CASE("the path is on the time line if it was asked for", "[program][trace]") {
  const test::TemporaryFolder folder;
  const std::string small = " --set workload.tsqr.rows=65536 --trace ";
  const std::string plain = folder.file("plain.json");
  const std::string marked = folder.file("marked.json");
  REQUIRE(test::run("run " + kQuickstart + " --replicates 1" + small + plain).exit_code == 0);
  REQUIRE(test::run("explain-time " + kQuickstart + small + marked).exit_code == 0);
  CHECK_FALSE(contains(test::read_all(plain), "critical path"));
  const json::value trace = json::parse(test::read_all(marked));
  double time_us = 0;
  double begun_us = 0;
  for (const json::value& event : trace.at("traceEvents").as_array()) {
    if (event.at("pid").as_int64() != 5 || event.at("ph") == "M") continue;
    const double at = event.at("ts").to_number<double>();
    if (event.at("ph") == "B") begun_us = at;
    if (event.at("ph") == "E") time_us += at - begun_us;
  }
  CHECK(time_us ==
        Approx(trace.at("otherData").at("makespan_s").to_number<double>() * 1e6).epsilon(1e-5));
}

// One task writes as many files as are read by as many others, 200 MB together; another one reads
// what those write.
std::string map_reduce(int maps) {
  json::array tasks, files, times, all_maps, parts, results;
  for (int i = 0; i < maps; ++i) {
    const std::string number = std::to_string(i);
    const std::string part = "part" + number;
    all_maps.emplace_back("map" + number);
    parts.emplace_back(part);
    results.emplace_back("result" + number);
    files.push_back(json::object{{"id", part}, {"sizeInBytes", 200'000'000 / maps}});
    files.push_back(json::object{{"id", "result" + number}, {"sizeInBytes", 1000}});
    tasks.push_back(json::object{{"name", "map" + number},
                                 {"id", "map" + number},
                                 {"parents", json::array{"split"}},
                                 {"children", json::array{"reduce"}},
                                 {"inputFiles", json::array{part}},
                                 {"outputFiles", json::array{"result" + number}}});
    times.push_back(json::object{{"id", "map" + number}, {"runtimeInSeconds", 2}});
  }
  tasks.push_back(json::object{{"name", "split"},
                               {"id", "split"},
                               {"parents", json::array()},
                               {"children", all_maps},
                               {"outputFiles", parts}});
  tasks.push_back(json::object{{"name", "reduce"},
                               {"id", "reduce"},
                               {"parents", all_maps},
                               {"children", json::array()},
                               {"inputFiles", results}});
  for (const char* task : {"split", "reduce"})
    times.push_back(json::object{{"id", task}, {"runtimeInSeconds", 1}});
  const json::object workflow{{"specification", json::object{{"tasks", tasks}, {"files", files}}},
                              {"execution", json::object{{"tasks", times}}}};
  return json::serialize(
      json::object{{"name", "mr"}, {"schemaVersion", "1.5"}, {"workflow", workflow}});
}

TEST_CASE("what was tried and helps is said, with both makespans", "[program]") {
  const test::TemporaryFolder folder;
  folder.write("map-reduce.json", map_reduce(20));
  const std::string file = folder.write(
      "x.yaml", "platform: aws-2020\nworkload: {wfformat: map-reduce.json}\nsystems: [wukong]\n");
  std::string words = test::run("explain-time " + file).output;
  std::replace(words.begin(), words.end(), '\n', ' ');
  INFO(words);
  CHECK(contains(words, "22 tasks of the path ran one after another in one executor"));
  CHECK(contains(words, "large_object_threshold_mb 20,000 in place of 200"));
  const std::string larger =
      " --set 'systems=[{wukong: {large_object_threshold_mb: 20000}}]' --json -";
  const json::value document = json::parse(test::run("explain-time " + file + larger).output);
  const double makespan_s = document.at("runs").at(0).at("makespan_s").to_number<double>();
  const size_t takes = words.find("it takes ");
  REQUIRE(takes != std::string::npos);
  CHECK(std::stod(words.substr(takes + 9)) == Approx(makespan_s).epsilon(0.01));
  CHECK(makespan_s < 20);
}

TEST_CASE("a run that does not complete is not explained, and says why", "[program]") {
  const test::Outcome outcome = test::run("explain-time " + kQuickstart + " --set horizon_s=1");
  CHECK(outcome.exit_code == 1);
  CHECK(contains(outcome.output, "not explained, as it did not complete"));
}

TEST_CASE("explain-time needs one replicate, and refuses a wrong number of them all the same",
          "[program]") {
  for (const std::string wrong : {"0", "nan", "many"}) {
    INFO(wrong);
    CHECK(test::run("explain-time " + kQuickstart + " --set replicates=" + wrong).exit_code == 2);
  }
}

}  // namespace
}  // namespace wukong::time_report
