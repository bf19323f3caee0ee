// Sweeps as users run them: killed and started again, stopped by Ctrl-C, under mpirun, in shards of
// a Slurm array.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "sim/base/random.h"
#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"
#include "test_paths.h"

namespace wukong::sweep_runner {
namespace {

// 60 points x 4 systems; `elements` of a tree makes them larger.
std::string sweep_text(int elements) {
  return "platform: aws-2020\n"
         "workload: {tree_reduction: {elements: " +
         std::to_string(elements) +
         ", delay_ms: {from: 0, to: 290, step: 10}}}\n"
         "systems: [wukong, numpywren, pubsub, {wukong: {name: plain, clustering_fan_out: "
         "false}}]\n"
         "sweep: {axes: {platform.functions.memory_mb: [1024, 3008]}}\n";
}

std::string csv_of(const std::string& results) {
  const test::Outcome outcome = test::run("results export --results " + results);
  REQUIRE(outcome.exit_code == 0);
  return outcome.output;
}

std::string plain_csv(const test::TemporaryFolder& folder, const std::string& sweep) {
  const test::Outcome outcome =
      test::run("sweep " + sweep + " --quiet --threads 1 --results " + folder.file("plain.db"));
  INFO(outcome.output);
  REQUIRE(outcome.exit_code == 0);
  return csv_of(folder.file("plain.db"));
}

class Process {
 public:
  Process(const std::string& sweep, const std::string& results) {
    std::string program = WUKONG_PROGRAM;
    std::string words[] = {program,     "sweep", sweep,       "--quiet",
                           "--threads", "2",     "--results", results};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, (results + ".stderr").c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int failed =
        ::posix_spawn(&id_, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    REQUIRE(failed == 0);
  }
  // The wait status.
  int end_with(int signal) const {
    ::kill(id_, signal);
    int status = 0;
    ::waitpid(id_, &status, 0);
    return status;
  }

 private:
  pid_t id_ = 0;
};

void wait_ms(uint64_t milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

TEST_CASE("a sweep that is killed 20 times gives what one gives that is not", "[sweep][program]") {
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write("x.yaml", sweep_text(128));
  const std::string expected = plain_csv(folder, sweep);
  const std::string results = folder.file("killed.db");
  RandomStream random(1, "kills");
  int killed = 0;
  for (int i = 0; i < 20; ++i) {
    const Process process(sweep, results);
    wait_ms(20 + random.below(200));
    if (WIFSIGNALED(process.end_with(SIGKILL))) ++killed;
  }
  CHECK(killed > 0);
  CHECK(test::run("sweep " + sweep + " --quiet --results " + results).exit_code == 0);
  CHECK(csv_of(results) == expected);
}

TEST_CASE("Ctrl-C stops a sweep cleanly, and it says how to go on", "[sweep][program]") {
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write("x.yaml", sweep_text(2048));
  const std::string results = folder.file("stopped.db");
  const Process process(sweep, results);
  for (int i = 0; i < 500 && !std::filesystem::exists(results); ++i) wait_ms(20);
  wait_ms(50);
  const int status = process.end_with(SIGINT);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 0) return;  // it was faster
  CHECK(WEXITSTATUS(status) == 130);
  const std::string message = test::read_all(results + ".stderr");
  CHECK(message.find("stopped: ") == 0);
  CHECK(message.find("to go on: wukong sweep " + sweep) != std::string::npos);
  CHECK(!std::filesystem::exists(results + ".lock"));
  CHECK(test::run("results export --results " + results).exit_code == 0);
}

bool has_mpirun() {
  return WUKONG_HAS_MPI != 0 && std::system("mpirun --version > /dev/null 2>&1") == 0;
}

// Without a look for leaks and the order of locks: Open MPI has its own.
const std::string kMpirun =
    "ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=detect_deadlocks=0 OMPI_ALLOW_RUN_AS_ROOT=1 "
    "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 timeout "
    "120 mpirun --oversubscribe ";

TEST_CASE("three processes under mpirun give the same bytes", "[sweep][program]") {
  if (!has_mpirun()) return;
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write("x.yaml", sweep_text(16));
  const std::string expected = plain_csv(folder, sweep);
  const test::Outcome outcome =
      test::run_command(kMpirun + "-n 3 \"" + WUKONG_PROGRAM + "\" sweep " + sweep + " --results " +
                        folder.file("mpi.db"));
  INFO(outcome.output);
  CHECK(outcome.exit_code == 0);
  CHECK(csv_of(folder.file("mpi.db")) == expected);
}

// The second rank is killed while it works; its runs go to the third. Wherever it is at that
// moment, in the middle of a message also: so four sweeps at once, each with another moment.
TEST_CASE("a rank that dies loses only what it was running", "[sweep][program]") {
  if (!has_mpirun()) return;
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write("x.yaml", sweep_text(1024));
  const std::string expected = plain_csv(folder, sweep);
  const std::string rank =
      folder.write("rank.sh",
                   "if [ $OMPI_COMM_WORLD_RANK = 1 ]; then\n"
                   "  (until [ -s $1 ]; do sleep 0.01; done\n"
                   "   sleep $2; kill -9 $$) & fi\n"
                   "exec \"" +
                       std::string(WUKONG_PROGRAM) + "\" sweep " + sweep + " --results $1\n");
  const std::vector<std::string> moments = {"0", "0.1", "0.2", "0.3"};
  std::string all;
  for (const std::string& moment : moments)
    all += kMpirun + "--enable-recovery -n 3 bash " + rank + " " + folder.file(moment + ".db") +
           " " + moment + " & ";
  const test::Outcome outcome = test::run_command("(" + all + "wait)");
  INFO(outcome.output);
  for (const std::string& moment : moments) CHECK(csv_of(folder.file(moment + ".db")) == expected);
}

// MPI_Init of the others would wait for it for ever.
TEST_CASE("a rank that dies before MPI has started ends the sweep with an error",
          "[sweep][program]") {
  if (!has_mpirun()) return;
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write("x.yaml", sweep_text(16));
  const std::string rank = folder.write("rank.sh",
                                        "[ $OMPI_COMM_WORLD_RANK = 1 ] && kill -9 $$\n"
                                        "exec \"" +
                                            std::string(WUKONG_PROGRAM) + "\" \"$@\"\n");
  const test::Outcome outcome =
      test::run_command("WUKONG_MPI_START_S=2 " + kMpirun + "--enable-recovery -n 3 bash " + rank +
                        " sweep " + sweep + " --results " + folder.file("mpi.db"));
  INFO(outcome.output);
  CHECK(outcome.output.find("wukong: error: MPI: expected all ranks within 2 s") !=
        std::string::npos);
  CHECK(!std::filesystem::exists(folder.file("mpi.db")));
}

TEST_CASE("a Slurm array of shards, merged, gives the same bytes", "[sweep][program]") {
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write("x.yaml", sweep_text(16));
  const std::string expected = plain_csv(folder, sweep);
  for (const std::string id : {"0", "1", "2", "3"}) {
    const test::Outcome task = test::run_command(
        "WUKONG=\"" + std::string(WUKONG_PROGRAM) +
        "\" SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=4 SLURM_CPUS_PER_TASK=2 "
        "SLURM_ARRAY_TASK_ID=" +
        id + " bash " + WUKONG_SOURCE + "/configs/slurm-array.sh " + sweep + " " +
        folder.file("parts"));
    INFO(task.output);
    CHECK(task.exit_code == 0);
  }
  CHECK(test::run("results merge " + folder.file("parts") + "/part*.db --results " +
                  folder.file("m.db"))
            .exit_code == 0);
  CHECK(csv_of(folder.file("m.db")) == expected);
}

TEST_CASE("shards that are numbered from 0 make the sweep together", "[sweep][program]") {
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write("x.yaml", sweep_text(16));
  REQUIRE(test::run("sweep " + sweep + " --quiet --results " + folder.file("one.db")).exit_code ==
          0);
  for (const std::string index : {"0", "1", "2"}) {
    const test::Outcome task = test::run_command(
        "WUKONG=\"" + std::string(WUKONG_PROGRAM) + "\" bash " + WUKONG_SOURCE +
        "/configs/cluster/shard.sh " + index + " 3 " + sweep + " " + folder.file("parts"));
    INFO(task.output);
    CHECK(task.exit_code == 0);
  }
  CHECK(test::run("results merge " + folder.file("parts") + "/part*.db --results " +
                  folder.file("m.db"))
            .exit_code == 0);
  CHECK(csv_of(folder.file("m.db")) == csv_of(folder.file("one.db")));
}

TEST_CASE("bad input to sweeps is exit code 2 and one line", "[sweep][program]") {
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write("x.yaml", sweep_text(16));
  const std::string results = " --results " + folder.file("x.db");
  const std::string text =
      folder.write("text.db", "not a database, but long enough to be looked at");
  for (const std::string& arguments :
       {"sweep " + sweep, "sweep /no/such.yaml" + results, "sweep " + sweep + " --results /tmp",
        "sweep " + sweep + " --shard 0/4" + results, "sweep " + sweep + " --shard 5/4" + results,
        "sweep " + sweep + " --shard x" + results, "sweep " + sweep + " --results " + text,
        "sweep " + sweep + " --set sweep.limit=10" + results,
        "sweep " + sweep + " --set sweep.axes.nothing=[]" + results,
        "sweep " + sweep + " --set sweep.axes.nothing=[1]" + results, std::string("results"),
        "results show" + results, "results show --results " + text,
        "results sql 'SELECT 1'" + results, "results merge " + text + results,
        "check " + sweep + " --baseline /no/such.json", "check " + sweep}) {
    INFO(arguments);
    const test::Outcome outcome = test::run(arguments);
    INFO(outcome.output);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.output.find("wukong: error: ") == 0);
    CHECK(outcome.output.find('\n') == outcome.output.size() - 1);
    CHECK(!std::filesystem::exists(folder.file("x.db")));
  }
  CHECK(test::run("sweep " + sweep + " --set sweep.limit=10 --yes --quiet" + results).exit_code ==
        0);
}

TEST_CASE("a dry run prints points and an estimate, and writes nothing", "[sweep][program]") {
  const test::TemporaryFolder folder;
  const std::string sweep = folder.write("x.yaml", sweep_text(16));
  const test::Outcome outcome =
      test::run("sweep " + sweep + " --dry-run --results " + folder.file("x.db"));
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.output.find("60 points, 4 systems, 1 replicates: 240 runs\n") == 0);
  CHECK(outcome.output.find("... and 40 more, up to ") != std::string::npos);
  CHECK(outcome.output.find("\nabout 0:") != std::string::npos);
  CHECK(!std::filesystem::exists(folder.file("x.db")));
}

TEST_CASE("a check fails when a policy changes, and names the metric", "[check][program]") {
  const test::TemporaryFolder folder;
  const std::string suite = folder.write(
      "suite.yaml",
      "platform: aws-2020\nworkload: {tree_reduction: {elements: 32}}\nsystems: [wukong]\n");
  const std::string command =
      "check " + suite + " --quiet --baseline " + folder.file("base.json") + " ";
  CHECK(test::run(command + "--update").exit_code == 0);
  CHECK(test::run(command).exit_code == 0);
  const test::Outcome changed =
      test::run(command + "--junit " + folder.file("j.xml") + " --set systems.wukong.invokers=1");
  CHECK(changed.exit_code == 1);
  CHECK(changed.output.find("makespan_s") != std::string::npos);
  CHECK(test::read_all(folder.file("j.xml")).find("<failure message=\"changed: ") !=
        std::string::npos);
  CHECK(test::run(command + "--set seed=2").exit_code == 3);
}

}  // namespace
}  // namespace wukong::sweep_runner
