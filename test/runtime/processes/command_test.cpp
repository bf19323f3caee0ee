// Tasks that are programs.
#include <fcntl.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/simulation/emulate.h"
#include "runtime/containers/fiber_pool.h"
#include "runtime/processes/command_computation.h"
#include "runtime/processes/scratch_folder.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "test/support/test_data.h"
#include "workloads/generators/noop.h"

namespace wukong::processes {
namespace {

namespace fs = std::filesystem;

dag::Dag one_task() {
  return generators::make_noop(
      {.tasks = 1, .lambdas = 1, .delay = Duration::zero(), .value = Bytes(4)}, dag::DagForm::dask);
}

// What a task that runs `command` makes, or why it does not.
std::string made_by(const std::string& command,
                    loop::CommandStreams io = loop::CommandStreams::streams) {
  const dag::Dag dag = one_task();
  loop::EmulationSpec spec;
  spec.command = command;
  spec.command_io = io;
  const CommandComputation computation(dag, spec, commands_of_all(dag, spec), 1);
  try {
    const auto values = computation.run(TaskId(0), {});
    const auto bytes = values.at(0).bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  } catch (const std::exception& error) {
    return error.what();
  }
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

experiment::Experiment experiment(const std::string& text) {
  const parameters::Origin origin{
      parameters::Origin::Kind::file,
      (test::source_folder() / "examples" / "commands" / "x.yaml").string(), 0};
  return experiment::make_experiment(parameters::parse_yaml(text, origin),
                                     experiment::program_catalog());
}

const char* const kWordCount = "platform: local\nworkload: {wfformat: word_count.json}\n";

// Where temporary folders are made, for one test.
class TemporaryRoot {
 public:
  TemporaryRoot() { setenv("TMPDIR", folder_.path().c_str(), 1); }
  TemporaryRoot(const TemporaryRoot&) = delete;
  TemporaryRoot& operator=(const TemporaryRoot&) = delete;
  ~TemporaryRoot() { unsetenv("TMPDIR"); }
  bool empty() const { return fs::is_empty(folder_.path()); }

 private:
  ScratchFolder folder_;
};

TEST_CASE("a command's words are what a shell would make of them", "[runtime][command]") {
  CHECK(split_words("a  'b c' \"d 'e'\" f\\ g ''") == Words{"a", "b c", "d 'e'", "f g", ""});
  CHECK_FALSE(split_words("a 'b"));
  CHECK_FALSE(split_words("a \\"));
  const Words words{"python3", "it's", "", "a b", "$HOME", "{task}", "\\"};
  CHECK(split_words(join_words(words)) == words);
}

TEST_CASE("a command's standard output is its task's output", "[runtime][command]") {
  CHECK(made_by("printf 'a b'") == "a b");
  CHECK(made_by("printf %s {task}/{kind}") == "noop-0/noop");
  CHECK(made_by("sh -c 'printf $WUKONG_TASK'") == "noop-0");
}

TEST_CASE("a command's file is its task's output", "[runtime][command]") {
  CHECK(made_by("sh -c 'printf here > object-0'", loop::CommandStreams::files) == "here");
  CHECK(made_by("sh -c 'printf there > $0' {outputs}", loop::CommandStreams::files) == "there");
}

TEST_CASE("a command that fails says why with its own last words", "[runtime][command]") {
  CHECK(made_by("sh -c 'echo first >&2; echo >&2; echo last >&2; exit 3'") ==
        "sh ended with exit code 3: first | last");
  CHECK(made_by("false") == "false ended with exit code 1");
  CHECK(made_by("sh -c 'kill -9 $$'") == "sh ended with signal 9 (Killed)");
  CHECK(made_by("no-such-program") == "cannot start no-such-program: No such file or directory");
  CHECK(made_by("true", loop::CommandStreams::files) == "true has not written its output object-0");
}

TEST_CASE("a command leaves no folder behind, whether it fails or not", "[runtime][command]") {
  const TemporaryRoot root;
  made_by("sh -c 'mkdir -p a/b; touch a/b/c; printf x > object-0'", loop::CommandStreams::files);
  made_by("false");
  made_by("no-such-program");
  CHECK(root.empty());
}

TEST_CASE("a command inherits no open file of the emulator", "[runtime][command]") {
  const int open_file = open("/dev/null", O_RDONLY);
  REQUIRE(open_file > 2);
  const std::string test = "sh -c 'test -e /proc/self/fd/" + std::to_string(open_file) +
                           " && printf open || printf closed'";
  CHECK(made_by(test) == "closed");
  close(open_file);
}

// A zombie whom nobody has buried yet is dead, too.
bool lives(const std::string& process) { return !text_of("/proc/" + process + "/cmdline").empty(); }

TEST_CASE("a container that is killed takes its command along, and what that has started",
          "[runtime][command]") {
  const ScratchFolder folder;
  const TemporaryRoot root;
  const fs::path mark = folder.path() / "processes";
  const dag::Dag dag = one_task();
  loop::EmulationSpec spec;
  spec.command = "sh -c 'sleep 1000 & echo $$ $! > $0.new; mv $0.new $0; wait' " + mark.string();
  const CommandComputation computation(dag, spec, commands_of_all(dag, spec), 1);
  {
    containers::FiberPool pool(1);
    containers::Container& container = pool.make_container();
    container.submit(
        [&](containers::Container& place) { computation.run_at(place, TaskId(0), {}); });
    while (!fs::exists(mark)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    container.kill();
  }
  std::ifstream file(mark);
  std::string shell;
  std::string sleeper;
  file >> shell >> sleeper;
  REQUIRE_FALSE(sleeper.empty());
  while (lives(sleeper)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  CHECK_FALSE(lives(shell));
  CHECK(root.empty());
}

TEST_CASE("a program that outlives its command is ended with it", "[runtime][command]") {
  const std::string sleeper = made_by("sh -c 'sleep 1000 >/dev/null 2>&1 & printf $!'");
  REQUIRE(sleeper.find_first_not_of("0123456789") == std::string::npos);
  while (lives(sleeper)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

TEST_CASE("a workflow of recorded commands runs for real under every kind of system",
          "[runtime][command][emulate]") {
  const TemporaryRoot root;
  const auto runs =
      simulation::emulate_experiment(experiment(
          std::string(kWordCount) + "systems: [wukong, strawman, {numpywren-local: {workers: 2}}]\n"
                                    "emulation: {command: recorded, speed: 10}\n"));
  for (const simulation::EmulatedRun& run : runs) {
    INFO(run.result.system << ": " << run.result.failure);
    CHECK(run.result.completed);
    CHECK(run.result.executed == 5);
    REQUIRE(run.result.verification);
    CHECK(run.result.verification->passed);
  }
  CHECK(root.empty());
}

TEST_CASE("objects of commands are as large as they are", "[runtime][command][emulate]") {
  // 3 tasks, each of 7 bytes though 100 are declared; the strawman writes all three.
  const auto runs = simulation::emulate_experiment(
      experiment("platform: local\nworkload: {noop: {tasks: 3, lambdas: 3, value_bytes: 100}}\n"
                 "systems: [strawman]\n"
                 "emulation: {command: [printf, 'x %s', '{kind}!'], command_io: streams}\n"));
  CHECK(runs.at(0).result.completed);
  CHECK(runs.at(0).result.usage.written == Bytes(3 * 7));
}

TEST_CASE("a command that fails in every retry fails the run with its words",
          "[runtime][command][emulate]") {
  const auto runs = simulation::emulate_experiment(
      experiment("platform: local\nworkload: {noop: {tasks: 1, lambdas: 1}}\n"
                 "systems: [strawman]\nemulation: {command: \"sh -c 'echo No. >&2; exit 7'\", "
                 "speed: 10}\n"));
  CHECK_FALSE(runs.at(0).result.completed);
  CHECK(runs.at(0).result.failure.find("sh ended with exit code 7: No.") != std::string::npos);
}

std::string error_of(const std::string& workload, const std::string& emulation) {
  const std::string text = test::error_text([&] {
    simulation::emulate_experiment(experiment("platform: local\nworkload: " + workload +
                                              "\nsystems: [strawman]\nemulation: " + emulation +
                                              "\n"));
  });
  return text.substr(text.find("x.yaml"));
}

TEST_CASE("what is wrong with a command is said with its place", "[runtime][command]") {
  const std::string noop = "{noop: {tasks: 1, lambdas: 1}}";
  CHECK(error_of(noop, "{command: recorded}") ==
        "x.yaml:4: emulation.command: expected a workload wfformat, whose file says what was run, "
        "found workload noop");
  CHECK(error_of(noop, "{command: \"python3 'x\"}") ==
        "x.yaml:4: emulation.command: expected the words of a command, such as python3 step.py, "
        "found \"python3 'x\"");
  CHECK(error_of(noop, "{command: [python3, {a: b}]}") ==
        "x.yaml:4: emulation.command: expected a word, such as python3, found a map");
  CHECK(error_of(noop, "{command: cat, command_folder: nowhere}") ==
        "x.yaml:4: emulation.command_folder: expected a folder, found \"nowhere\"");
  CHECK(error_of("{wfformat: word_count.json}", "{command: cat, command_io: streams}") ==
        "x.yaml:4: emulation.command: expected one output of each task, which its standard output "
        "is (or command_io: files), found 3 outputs of split");
  CHECK(error_of("{wfformat: word_count.json}", "{command: recorded, command_folder: ..}")
            .find("expected the workflow's input text.txt in ") != std::string::npos);
}

}  // namespace
}  // namespace wukong::processes
