// The program as a process: an emulation that a signal ends leaves nothing behind, and libraries
// are loaded by those who need them.
#include <signal.h>

#include <cstring>
#include <filesystem>

#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::commands {
namespace {

namespace fs = std::filesystem;

TEST_CASE("a signal ends an emulation with its programs, their folders and an exit code of its own",
          "[bench][program][signals]") {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    const test::TemporaryFolder folder;
    for (const char* const name : {"begun", "scratch"}) fs::create_directory(folder.file(name));
    // Each program leaves its number, which is its process', as the name of a file.
    const std::string file = folder.write(
        "x.yaml",
        "platform: local\nworkload: {layered: {depth: 1, width: 4, fan_in: 1, task_ms: 0, "
        "object_kb: 1}}\nsystems: [wukong]\nemulation: {workers: 4, command_shell: true, command: "
        "\"touch " +
            folder.file("begun") + "/$$; exec sleep 1000\"}\n");
    const std::string name = sigabbrev_np(signal);
    const test::Outcome outcome = test::run_command(
        "TMPDIR=" + folder.file("scratch") + " timeout --preserve-status --signal=" + name +
        " 2 \"" + WUKONG_PROGRAM + "\" emulate " + file);
    INFO(outcome.output);
    CHECK(outcome.exit_code == 128 + signal);
    CHECK(outcome.output.find("interrupted (SIG" + name + ")") != std::string::npos);
    CHECK(fs::is_empty(folder.file("scratch")));
    size_t programs = 0;
    for (const fs::directory_entry& begun : fs::directory_iterator(folder.file("begun"))) {
      ++programs;
      CHECK(::kill(std::stoi(begun.path().filename()), 0) != 0);
    }
    CHECK(programs > 0);
  }
}

TEST_CASE("a signal ends a query that never ends, with one line and an exit code of its own",
          "[bench][program][signals]") {
  const test::TemporaryFolder folder;
  const std::string sweep =
      folder.write("x.yaml",
                   "platform: aws-2020\nworkload: {tree_reduction: {elements: 8}}\nsystems: "
                   "[wukong]\nsweep: {axes: {workload.tree_reduction.elements: [8, 16]}}\n");
  const std::string results = folder.file("x.db");
  REQUIRE(test::run("sweep " + sweep + " --results " + results).exit_code == 0);
  const test::Outcome outcome = test::run_command(
      std::string("timeout --preserve-status --signal=INT 1 \"") + WUKONG_PROGRAM +
      "\" results sql --results " + results +
      " 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT sum(x) FROM n'");
  CHECK(outcome.exit_code == 130);
  CHECK(outcome.output == "wukong: the query was interrupted\n");
}

TEST_CASE("an emulation goes on when nobody reads its messages any more",
          "[bench][program][signals]") {
  const test::TemporaryFolder folder;
  const std::string file =
      folder.write("x.yaml",
                   "platform: local\nworkload: {noop: {tasks: 2, lambdas: 2, delay_ms: 1500}}\n"
                   "systems: [wukong]\n");
  const std::string json = folder.file("x.json");
  const test::Outcome outcome =
      test::run_command(std::string("timeout --preserve-status --signal=PIPE 1 \"") +
                        WUKONG_PROGRAM + "\" emulate " + file + " --json " + json);
  INFO(outcome.output);
  CHECK(outcome.exit_code == 0);
  CHECK(test::read_all(json).find("\"completed\": true") != std::string::npos);
}

TEST_CASE("the program needs no BLAS to start, and the kernels' module to emulate them",
          "[bench][program][numeric]") {
  const std::string program = WUKONG_PROGRAM;
  const test::Outcome libraries = test::run_command("ldd \"" + program + "\"");
  for (const char* const name : {"blas", "lapack", "gfortran"})
    CHECK(libraries.output.find(name) == std::string::npos);
#ifndef WUKONG_SANITIZED  // which takes terabytes of address space
  CHECK(test::run_command("ulimit -v 100000; \"" + program + "\" --version").exit_code == 0);
#endif
  const test::TemporaryFolder folder;
  const std::string alone = folder.file("wukong");
  fs::copy_file(program, alone);
  const std::string file = folder.write(
      "x.yaml", "platform: local\nworkload: {gemm: {n: 16, block: 8}}\nsystems: [wukong]\n");
  CHECK(test::run_command(alone + " run " + file).exit_code == 0);
  const test::Outcome outcome = test::run_command(alone + " emulate " + file);
  INFO(outcome.output);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output.find("the program's module of numeric kernels") != std::string::npos);
  CHECK(test::run("emulate " + file).exit_code == 0);
}

}  // namespace
}  // namespace wukong::commands
