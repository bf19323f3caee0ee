// The command `wukong fuzz`, and faults and checks in experiments, as a user sees them.
#include <algorithm>

#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"
#include "test_paths.h"

namespace wukong::fuzz {
namespace {

const std::string kFuzzedExperiment = std::string(WUKONG_SOURCE) + "/configs/quickstart.yaml";
const std::string kSmall =
    " --set workload='{sketch: {edges: \"a -> b\"}}' --set systems='[wukong]' --set replicates=1 ";

TEST_CASE("fuzzing ends with 0, a table of faults, and the same counts for the same seed",
          "[fuzz]") {
  const test::Outcome one = test::run("fuzz --seed 11 --runs 60 --quiet --threads 1 --json -");
  const test::Outcome two = test::run("fuzz --seed 11 --runs 60 --quiet --threads 3 --json -");
  CHECK(one.exit_code == 0);
  CHECK(one.output == two.output);
  CHECK(one.output.find("\"runs\": 60") != std::string::npos);
  const test::Outcome text = test::run("fuzz --seed 11 --runs 60 --quiet");
  CHECK(text.output.find("60 runs in") == 0);
  CHECK(text.output.find("no invariant was violated\n") != std::string::npos);
  CHECK(text.output.find("crash_before") != std::string::npos);
}

TEST_CASE("every DAG of up to three tasks on every system with every single fault is in order",
          "[fuzz][long]") {
  const test::Outcome outcome = test::run("fuzz --small-dags 3 --quiet");
  INFO(outcome.output);
  CHECK(outcome.exit_code == 0);
}

TEST_CASE("fuzzing rejects what it cannot do in one line", "[fuzz]") {
  CHECK(test::run("fuzz --runs 0").exit_code == 2);  // nothing tried is nothing found
  CHECK(test::run("fuzz --seed -1").exit_code == 2);
  CHECK(test::run("fuzz --small-dags 2 --runs 5").output.find("excludes") != std::string::npos);
  CHECK(test::run("fuzz --time 5x").output ==
        "wukong: error: --time: expected a time such as 60s, 10m or 2h, found \"5x\"\n");
  CHECK(test::run("fuzz --small-dags 6").output ==
        "wukong: error: --small-dags: expected 1 to 5 tasks, found 6\n");
  CHECK(test::run("fuzz --wfformat nowhere.json").exit_code == 2);
  CHECK(test::run("fuzz --case '{platform: aws-2020}'").exit_code == 2);
}

TEST_CASE("an experiment's faults strike, are in the result, and are checked strictly", "[fuzz]") {
  const test::Outcome outcome =
      test::run("run " + kFuzzedExperiment + kSmall +
                "--check --set faults='{points: \"crash_before:2\"}' --json -");
  INFO(outcome.output);
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.output.find("\"fault\": \"crash_before\"") != std::string::npos);
  CHECK(outcome.output.find("\"opportunity\": 2") != std::string::npos);

  const test::Outcome kind =
      test::run("run " + kFuzzedExperiment + kSmall + "--set faults.crash=0.1");
  CHECK(kind.exit_code == 2);
  CHECK(kind.output.find("faults.crash") != std::string::npos);
  const test::Outcome point =
      test::run("run " + kFuzzedExperiment + kSmall + "--set faults.points=crash_befor:2");
  CHECK(point.exit_code == 2);
  CHECK(point.output ==
        "wukong: error: --set faults.points=crash_befor:2: faults.points: expected a kind of fault "
        "and a number from 1 on, as crash_before:3, found \"crash_befor:2\" (did you mean "
        "\"crash_before\"?)\n");
  CHECK(test::run("run " + kFuzzedExperiment + kSmall + "--set faults.hang=2").exit_code == 2);
  CHECK(test::run("run " + kFuzzedExperiment + kSmall + "--set faults=7").exit_code == 2);
}

TEST_CASE("a run that its faults end says why, with exit code 1", "[fuzz]") {
  const test::Outcome outcome =
      test::run("run " + kFuzzedExperiment + kSmall + "--set faults='{crash_before: 1}'");
  CHECK(outcome.exit_code == 1);
  std::string words = outcome.output;  // whose lines are broken where they are full
  std::replace(words.begin(), words.end(), '\n', ' ');
  CHECK(words.find("given up after the last retry") != std::string::npos);
}

TEST_CASE("an emulation refuses faults rather than to leave them out", "[fuzz]") {
  const test::Outcome outcome = test::run("emulate " + std::string(WUKONG_SOURCE) +
                                          "/configs/emulate/tsqr.yaml --set faults='{hang: 0.5}'");
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output.find("faults") != std::string::npos);
}

}  // namespace
}  // namespace wukong::fuzz
