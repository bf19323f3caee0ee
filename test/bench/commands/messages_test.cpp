// What a newcomer's mistakes are answered with: what it is, where, and what would be right.
#include <string>
#include <utility>
#include <vector>

#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::commands {
namespace {

const std::string kTwoTrees =
    "platform: aws-2020\nworkload: {tree_reduction: {elements: 8}}\nsystems: [wukong]\n";

// Exit code 2, one line, with these words in it.
void check_refused(const std::string& arguments, const std::vector<std::string>& words) {
  const test::Outcome outcome = test::run(arguments);
  INFO(arguments + "\n" + outcome.output);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output.find('\n') == outcome.output.size() - 1);
  for (const std::string& word : words) CHECK(outcome.output.find(word) != std::string::npos);
}

TEST_CASE("a command that nearly exists is suggested", "[bench][program]") {
  check_refused("compre x.yaml", {"\"compre\"", "did you mean \"compare\"?"});
  check_refused("results shwo", {"\"shwo\"", "did you mean \"show\"?"});
}

TEST_CASE("memory that the platform has not is refused where it was written", "[bench][program]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("x.yaml", kTwoTrees);
  check_refused("run " + file + " --set platform.functions.memory_mb=99999",
                {"--set platform.functions.memory_mb", "found 99999"});
  const std::string written =
      folder.write("y.yaml",
                   "platform: {preset: aws-2020, functions: {memory_mb: 99999}}\n"
                   "workload: {tree_reduction: {elements: 8}}\nsystems: [wukong]\n");
  check_refused("run " + written, {"y.yaml:1: platform.functions.memory_mb", "found 99999"});
}

TEST_CASE("a file of another kind is named, with the command that takes it", "[bench][program]") {
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write(
      "s.yaml", kTwoTrees + "sweep: {axes: {workload.tree_reduction.elements: [4, 8]}}\n");
  check_refused("run " + sweep, {"a sweep", "wukong sweep " + sweep});
  const std::string workflow =
      std::string(WUKONG_SOURCE) + "/test/data/wfinstances/helloworld-chain-5-chameleon.json";
  check_refused("run " + workflow, {"a workflow in WfFormat", "wukong dag info", "wfformat:"});
}

TEST_CASE("a command takes no flag that it does not honour", "[bench][program]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("x.yaml", kTwoTrees);
  const std::pair<std::string, std::string> lines[] = {
      {"emulate " + file, "--threads 2"},
      {"emulate " + file, "--check"},
      {"emulate " + file, "--explain-time"},
      {"validate " + file, "--threads 2"},
      {"validate " + file, "--check"},
      {"validate " + file, "--trace t.json"},
      {"validate " + file, "--trace-system wukong"},
      {"explain-time " + file, "--replicates 2"},
      {"compare " + file, "--explain-time"},
      {"run " + file + " --explain", "--json r.json"},
      {"run " + file + " --explain", "--trace t.json"},
      {"fuzz --small-dags 2", "--shrink"},
      {"fuzz --case {}", "--first 3"},
      {"fuzz --case {}", "--time 3s"},
      {"check " + file + " --baseline b.json --update", "--junit j.xml"}};
  for (const auto& [command, flag] : lines)
    check_refused(command + " " + flag, {flag.substr(0, flag.find(' '))});
}

TEST_CASE("an output that cannot be written is refused before the runs", "[bench][program]") {
  const test::TemporaryFolder folder;
  // A run that would take longer than anyone waits.
  const std::string file =
      folder.write("x.yaml",
                   "platform: local\nworkload: {noop: {tasks: 4, lambdas: 4, delay_ms: 50000}}\n"
                   "systems: [strawman]\n");
  check_refused("emulate " + file + " --json /nonexistent/x", {"/nonexistent/x", "folder"});
  check_refused("emulate " + file + " --trace /nonexistent/x", {"/nonexistent/x", "folder"});
  check_refused("emulate " + file + " --json " + folder.file("a") + " --trace " + folder.file("a"),
                {"--trace", "another file"});
}

TEST_CASE("an error of SQL names no flag that does not exist", "[bench][program][results]") {
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write(
      "s.yaml", kTwoTrees + "sweep: {axes: {workload.tree_reduction.elements: [4, 8]}}\n");
  const std::string results = folder.file("s.db");
  REQUIRE(test::run("sweep " + sweep + " --quiet --replicates 3 --results " + results).exit_code ==
          0);
  CHECK(
      test::run("results sql 'SELECT count(*) AS runs FROM results' --results " + results).output ==
      "runs\n6\n");
  const test::Outcome outcome = test::run("results sql 'SELEC 1' --results " + results);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output.find("--sql") == std::string::npos);
  CHECK(outcome.output.find("STATEMENT: not valid SQL") != std::string::npos);
}

TEST_CASE("--replicates is a flag of what runs experiments", "[bench][program]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("x.yaml", kTwoTrees);
  const test::Outcome outcome = test::run("compare " + file + " --replicates 3");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.output.find("3 replicates") != std::string::npos);
  check_refused("run " + file + " --replicates 0", {"--replicates 0"});
}

TEST_CASE("a fresh study knows no run before; shared ones are said to be so",
          "[bench][program][sweep]") {
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write(
      "s.yaml",
      "platform: aws-2020\nworkload: {tree_reduction: {elements: 8}}\n"
      "systems: [wukong, numpywren]\nsweep: {axes: {systems.numpywren.workers: [2, 4, 8]}}\n");
  const std::string command = "sweep " + sweep + " --results " + folder.file("s.db");
  const test::Outcome fresh = test::run(command);
  INFO(fresh.output);
  CHECK(fresh.output.find("4 computed now, 0 known before, 2 the same as at another point") !=
        std::string::npos);
  const test::Outcome again = test::run(command);
  INFO(again.output);
  CHECK(again.output.find("0 computed now, 6 known before, 0 failed") != std::string::npos);
}

}  // namespace
}  // namespace wukong::commands
