// The program and the streams and files that it is given, when they are not what it hopes for.
#include <algorithm>
#include <string>

#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"
#include "test_paths.h"

namespace wukong::commands {
namespace {

const std::string kProgram = std::string("\"") + WUKONG_PROGRAM + "\" ";
const std::string kTree = "dag info --workload '{tree_reduction: {elements: 16}}'";
const std::string kSweep =
    "platform: aws-2020\nworkload: {tree_reduction: {elements: 8}}\nsystems: [wukong]\n"
    "sweep: {axes: {workload.tree_reduction.elements: [8, 16]}}\n";

// Of the shell's own redirections: run_command joins stderr to stdout, so they stand in a shell
// within.
test::Outcome run_in_shell(const std::string& command) {
  return test::run_command("bash -c '" + command + "'");
}

size_t lines(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_CASE("what nobody can hear changes no result: stderr full or closed", "[bench][streams]") {
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write("sweep.yaml", kSweep);
  int number = 0;
  for (const std::string stderr_to : {"2>/dev/full", "2>&-"}) {
    const std::string results = folder.file(std::to_string(number++) + ".db");
    INFO(stderr_to);
    CHECK(run_in_shell(kProgram + "sweep " + sweep + " --results " + results + " " + stderr_to)
              .exit_code == 0);
    CHECK(test::run("results show --results " + results).output.find("wukong") !=
          std::string::npos);
    CHECK(run_in_shell(kProgram + "run /no/such/file.yaml " + stderr_to).exit_code == 2);
  }
}

TEST_CASE("a file that is opened while stderr is closed gets no message", "[bench][streams]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.file("tree.json");
  CHECK(run_in_shell(kProgram + "workloads tsqr --json " + file + " 2>&- >&- <&-").exit_code == 0);
  CHECK(test::read_all(file) == test::run("workloads tsqr --json -").output);
}

TEST_CASE("a standard output that cannot be written is one line and exit code 74",
          "[bench][streams]") {
  for (const std::string stdout_to : {">/dev/full", ">&-"})
    for (const std::string command :
         {"--help", "--version", "presets", "workloads --json -", "metrics", "results --help"}) {
      INFO(command << " " << stdout_to);
      const test::Outcome outcome = run_in_shell(kProgram + command + " " + stdout_to);
      CHECK(outcome.exit_code == 74);
      CHECK(lines(outcome.output) == 1);
      CHECK(outcome.output.find("wukong: error: standard output: cannot be written") == 0);
    }
}

TEST_CASE("a reader of the standard output that goes is no error, and hears nothing",
          "[bench][streams]") {
  for (const std::string command : {"--help", "presets aws-2020", "workloads --json -"}) {
    INFO(command);
    const test::Outcome outcome = run_in_shell("{ sleep 0.2; " + kProgram + command +
                                               "; echo code $? >&2; } | true; sleep 0.5");
    CHECK(outcome.output == "code 141\n");
  }
}

TEST_CASE("a pipe that nobody reads is an error after a while, not waited for",
          "[bench][streams]") {
  const test::TemporaryFolder folder;
  const std::string pipe = folder.file("pipe");
  const test::Outcome outcome =
      run_in_shell("mkfifo " + pipe + " && timeout 60 " + kProgram + "workloads --json " + pipe);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output.find("expected a pipe that somebody reads") != std::string::npos);
  CHECK(run_in_shell("cat " + pipe + " >/dev/null & timeout 60 " + kProgram + "workloads --json " +
                     pipe)
            .exit_code == 0);
}

TEST_CASE("a results file that is a pipe, or has one beside it, is an error", "[bench][streams]") {
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write("sweep.yaml", kSweep);
  const std::string pipe = folder.file("pipe.db");
  run_in_shell("mkfifo " + pipe + " " + folder.file("x.db-journal"));
  const std::string timed = "timeout 20 " + kProgram;
  for (const std::string& command :
       {"results show --results " + pipe, "sweep " + sweep + " --results " + pipe,
        "sweep " + sweep + " --results " + folder.file("x.db")}) {
    INFO(command);
    const test::Outcome outcome = run_in_shell(timed + command);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.output.find("expected a regular file") != std::string::npos);
  }
}

TEST_CASE("a flag whose value is empty is an error, not no flag", "[bench][streams]") {
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write("sweep.yaml", kSweep);
  for (const std::string flag : {"--shard", "--results", "--set"}) {
    const test::Outcome outcome = test::run("sweep " + sweep + " --dry-run " + flag + " ''");
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.output == "wukong: error: " + flag + ": expected a value, found an empty text\n");
  }
  CHECK(test::run("run " + sweep + " --json \"\"").exit_code == 2);
}

TEST_CASE("an empty number is said to be empty, whatever the number may be", "[bench][streams]") {
  for (const std::string command :
       {"results show --results x.db --confidence", "results show --results x.db --sweep",
        "results export --results x.db --format", "sweep x.yaml --threads", "fuzz --runs",
        "fuzz --time", "calibrate --evaluations", "reproduce --threads"}) {
    INFO(command);
    const std::string flag = command.substr(command.rfind(' ') + 1);
    const test::Outcome outcome = test::run(command + " \"\"");
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.output == "wukong: error: " + flag + ": expected a value, found an empty text\n");
  }
}

TEST_CASE("control characters of foreign names never reach the terminal", "[bench][streams]") {
  const test::TemporaryFolder folder;
  const std::string file =
      folder.write("x.yaml",
                   "platform: aws-2020\nworkload: {tree_reduction: {elements: 8}}\n"
                   "systems: [\"a\\e[31m\\nb\"]\n");
  const test::Outcome outcome = test::run("run " + file);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output.find('\x1b') == std::string::npos);
  CHECK(outcome.output.find("found \"a\\x1b[31m\\nb\"") != std::string::npos);
  CHECK(lines(outcome.output) == 1);
  CHECK(test::run("run $'/no/such\\x1b[31m'").output.find('\x1b') == std::string::npos);
}

TEST_CASE("an error line quotes the beginning of what is endless", "[bench][streams]") {
  const std::string endless(100'000, 'x');
  const test::TemporaryFolder folder;
  const std::string value = folder.write(
      "value.yaml", "platform: aws-2020\nworkload: " + endless + "\nsystems: [wukong]\n");
  for (const std::string& arguments :
       {"run " + value, "run " + endless, "run " + value + " --set " + endless,
        "run " + value + " --" + endless, "dag convert " + endless + ".json x.dot",
        "dag info --workload '{tsqr: {rows: " + endless + "}}'", endless}) {
    const test::Outcome outcome = test::run(arguments);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.output.size() < 1'000);
    CHECK(outcome.output.find("xxx...") != std::string::npos);
  }
}

TEST_CASE("values that are too large together refuse the run, and do not crash it",
          "[bench][streams]") {
  const std::string quickstart = std::string(WUKONG_SOURCE) + "/configs/quickstart.yaml";
  const test::Outcome outcome =
      test::run("run " + quickstart + " --set platform.functions.billing.price_usd_per_gb_s=1e6");
  CHECK(outcome.exit_code == 2);
  CHECK(
      outcome.output ==
      "wukong: error: expected less than 2^63 picodollars (nine million dollars), found more: the "
      "parameters' values are too large together\n");
}

TEST_CASE("a confidence that is no number is an error", "[bench][streams]") {
  const test::Outcome outcome = test::run("results show --results x.db --confidence nan");
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output.find("\"nan\" is no number") != std::string::npos);
}

}  // namespace
}  // namespace wukong::commands
