// The program itself, as a user runs it: exit codes, and one line of error on stderr.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "test/bench/support/run_program.h"
#include "test/bench/support/squeeze.h"
#include "test/catch.h"
#include "test_paths.h"

namespace wukong::commands {
namespace {

std::string temporary_file(const std::string& text) {
  const std::string path = (std::filesystem::temp_directory_path() /
                            ("wukong-program-" + std::to_string(::getpid()) + ".yaml"))
                               .string();
  std::ofstream(path) << text;
  return path;
}

const std::string kQuickstart = std::string(WUKONG_SOURCE) + "/configs/quickstart.yaml";

TEST_CASE("help and version are successes", "[bench][program]") {
  CHECK(test::run("--version").output.find("wukong 0.") == 0);
  for (const std::string arguments :
       {"--help", "--version", "run --help", "compare --help", "dag --help", "dag info --help",
        "dag generate --help", "dag convert --help", "presets --help", "emulate --help",
        "validate --help"})
    CHECK(test::run(arguments).exit_code == 0);
  CHECK(test::run("--help").output.find("Exit codes: 0 success; 1 ") != std::string::npos);
  CHECK(test::run("compare --help").output.find("Examples:") != std::string::npos);
}

TEST_CASE("bad input is exit code 2 and one line on stderr", "[bench][program]") {
  const std::string broken = temporary_file("platform: [aws-2020\n");
  for (const std::string& arguments :
       {std::string(""),
        std::string("no-such-command"),
        std::string("run"),
        std::string("run --no-such-flag"),
        std::string("run /no/such/file.yaml"),
        std::string("run /tmp"),
        "run " + broken,
        std::string("presets no-such-preset"),
        std::string("dag info"),
        std::string("dag info --workload '{tsqr: {rows: -1}}'"),
        std::string("dag info --workload '[1'"),
        std::string("dag info /no/such/file.json"),
        std::string("dag convert a.txt b.dot"),
        "run " + kQuickstart + " --set",
        "run " + kQuickstart + " --set seed",
        "run " + kQuickstart + " --seed -1",
        "run " + kQuickstart + " --threads 0",
        "run " + kQuickstart + " --threads many",
        "run " + kQuickstart + " --set platform.functions.memory_mb=-1",
        "run " + kQuickstart + " --set 'systems=[{wukong: {\"a\nb\": 1}}]'",
        "run " + kQuickstart + " --set systems=[wukon]",
        "run " + kQuickstart + " --set horizon_s=0",
        "run " + kQuickstart + " --trace /no/such/folder/t.json",
        "run " + kQuickstart + " --trace /tmp",
        "run " + kQuickstart + " --trace-system wukong",
        "run " + kQuickstart + " --trace t.json --trace-system wukon",
        "run " + kQuickstart + " --trace - --json -"}) {
    INFO(arguments);
    const test::Outcome outcome = test::run(arguments);
    INFO(outcome.output);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.output.find("wukong: error: ") == 0);
    CHECK(outcome.output.find('\n') == outcome.output.size() - 1);
  }
  std::filesystem::remove(broken);
}

TEST_CASE("SIGINT ends an emulation cleanly, with the results that there are", "[bench][program]") {
  const std::string file = temporary_file(
      "platform: local\n"
      "workload: {noop: {tasks: 4, lambdas: 4, delay_ms: 50000}}\n"
      "systems: [strawman, wukong]\n");
  const std::string command =
      std::string("timeout --preserve-status --signal=INT 1 \"") + WUKONG_PROGRAM + "\"";
  const test::Outcome outcome = test::run_command(command + " emulate " + file);
  INFO(outcome.output);
  CHECK(outcome.exit_code == 130);
  CHECK(outcome.output.find("interrupted (SIGINT)") != std::string::npos);
  CHECK(outcome.output.find("not begun: interrupted") != std::string::npos);
  std::filesystem::remove(file);
}

TEST_CASE("an emulation that cannot begin is bad input, with its place", "[bench][program]") {
  const std::string file = temporary_file(
      "platform: local\nworkload: {tree_reduction: {elements: 4}}\nsystems: [wukong]\n"
      "emulation:\n  store: redi://127.0.0.1\n");
  const test::Outcome outcome = test::run("emulate " + file);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output == "wukong: error: " + file +
                              ":5: emulation.store: expected in-process, or addresses such as "
                              "redis://127.0.0.1:6379, found \"redi://127.0.0.1\"\n");
  std::filesystem::remove(file);
}

TEST_CASE("the presets are in the program, wherever it is run", "[bench][program]") {
  const test::Outcome list = test::run("presets");
  CHECK(list.exit_code == 0);
  CHECK(list.output.find("platform  aws-2020, aws-2024, aws-2026, local, pdsw19, socc20\n") == 0);
  CHECK(test::run("presets aws-2020").output.find("functions.memory_mb ") != std::string::npos);
}

TEST_CASE("explain runs nothing and shows every parameter", "[bench][program]") {
  const test::Outcome outcome = test::run("compare " + kQuickstart + " --explain");
  CHECK(outcome.exit_code == 0);
  for (const std::string key : {"platform.functions.memory_mb", "workload.tsqr.rows",
                                "systems.wukong.store.shards", "systems.numpywren.workers", "seed"})
    CHECK(outcome.output.find("\n" + key + " ") != std::string::npos);
}

TEST_CASE("a result document on the standard output stands alone", "[bench][program]") {
  const std::string flags =
      " --set 'systems=[wukong]' --set replicates=1 --set 'workload={tree_reduction: {elements: "
      "16}}' --json ";
  const test::Outcome outcome = test::run("run " + kQuickstart + flags + "-");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.output.find("{\n  \"schema\": \"wukong.result/1\",\n") == 0);
  CHECK(outcome.output.substr(outcome.output.size() - 2) == "}\n");
  CHECK(test::run("run " + kQuickstart + flags + "/no/such/folder/x.json").exit_code == 2);
}

TEST_CASE("a trace on the standard output stands alone, and is of the system that is asked for",
          "[bench][program]") {
  const std::string flags =
      "compare " + kQuickstart +
      " --set replicates=3 --set 'workload={tree_reduction: {elements: 16}}' --trace - ";
  for (const std::string system : {"wukong", "numpywren"}) {
    const test::Outcome outcome = test::run(flags + "--trace-system " + system);
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.output.find("{\"traceEvents\":[\n") == 0);
    CHECK(outcome.output.find("\"otherData\":{\"system\":\"" + system + "\"") != std::string::npos);
    CHECK(outcome.output.substr(outcome.output.size() - 3) == "}}\n");
  }
  CHECK(test::run(flags).output.find("\"system\":\"wukong\"") != std::string::npos);
  CHECK(test::run("run " + kQuickstart + " --set systems=[wukong] --trace /dev/full").exit_code ==
        74);
}

TEST_CASE("a DAG is shown and written", "[bench][program]") {
  const std::string workload = "--workload '{tree_reduction: {elements: 8}}' ";
  CHECK(test::squeeze(test::run("dag info " + workload).output).find("\ntasks 7\n") !=
        std::string::npos);
  const std::string path = temporary_file("") + ".dot";
  CHECK(test::run("dag generate " + workload + "-o " + path).exit_code == 0);
  std::ifstream dot(path);
  std::string first;
  std::getline(dot, first);
  CHECK(first.find("digraph") == 0);
  std::filesystem::remove(path);
}

TEST_CASE("an error shows no secret, wherever it was written", "[program]") {
  // Without a blank behind the colon all of it is a key.
  const test::Outcome outcome = test::run(
      "emulate " + std::string(WUKONG_SOURCE) +
      "/configs/emulate/tsqr.yaml --set emulation={store:redis://u:topsecret@127.0.0.1:1}");
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output.find("unknown key") != std::string::npos);
  CHECK(outcome.output.find("topsecret") == std::string::npos);
}

}  // namespace
}  // namespace wukong::commands
