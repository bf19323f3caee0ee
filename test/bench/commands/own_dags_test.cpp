// One's own DAG in the program's commands: from an experiment, from files, and between their forms.
#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::commands {
namespace {

const std::string kRest = "platform: aws-2020\nsystems: [ideal]\n";
const std::string kWukong = "platform: aws-2020\nsystems: [wukong]\n";
constexpr const char* kTasks =
    "tasks:\n"
    "  load: {ms: 10, out: 1MB}\n"
    "  train:\n"
    "    ms: 20\n"
    "    after: load\n";

std::string run_with(const test::TemporaryFolder& folder, const std::string& workload) {
  return test::run("run " + folder.write("e.yaml", kRest + "workload: " + workload + "\n") +
                   " --json -")
      .output;
}

}  // namespace

TEST_CASE("a DAG runs the same inline, from its file, from DOT and from tables", "[own_dags]") {
  const test::TemporaryFolder folder;
  folder.write("d.yaml", kTasks);
  const auto hash_of = [&](const std::string& workload) {
    const std::string document = run_with(folder, workload);
    const size_t at = document.find("\"trace_hash\": ");
    INFO(document);
    REQUIRE(at != std::string::npos);
    return document.substr(at, 32);
  };
  const std::string inlined =
      hash_of("{dag: {tasks: {load: {ms: 10, out: 1MB}, train: {ms: 20, after: load}}}}");
  CHECK(hash_of("{dag: d.yaml}") == inlined);
  for (const std::string name : {"d.dot", "d.json", "d.tasks.csv"})
    REQUIRE(test::run("dag convert " + folder.file("d.yaml") + " " + folder.file(name)).exit_code ==
            0);
  CHECK(hash_of("{dot: d.dot}") == inlined);
  CHECK(hash_of("{wfformat: d.json}") == inlined);
  CHECK(hash_of("{csv: {tasks: d.tasks.csv, edges: d.edges.csv}}") == inlined);
}

TEST_CASE("what is wrong with a DAG is said with the file and the line where it was written",
          "[own_dags]") {
  const test::TemporaryFolder folder;
  const std::string wrong =
      std::string(kTasks).replace(std::string(kTasks).find("after: load"), 11, "after: laod");
  folder.write("d.yaml", wrong);
  CHECK(
      run_with(folder, "{dag: d.yaml}")
          .find(
              "d.yaml:5: workload.dag.tasks.train.after: expected a task, found \"laod\" (did you "
              "mean \"load\"?)") != std::string::npos);
  CHECK(run_with(folder, "{dag: {tasks: {a: {ms: 1, out: 1 MBB}}}}")
            .find("e.yaml:3: workload.dag.tasks.a.out: expected a size") != std::string::npos);
  CHECK(
      run_with(folder, "{dag: {tasks: {a: {after: b}, b: {after: a}}}}")
          .find("e.yaml:3: workload.dag.tasks.a: expected no cycle, found a cycle: a -> b -> a") !=
      std::string::npos);
  CHECK(run_with(folder, "{dag: g.dot}")
            .find("e.yaml:3: workload.dag: expected a YAML file, found \"g.dot\", which `dot: "
                  "g.dot` reads") != std::string::npos);
  CHECK(run_with(folder, "{dag: none.yaml}").find("none.yaml") != std::string::npos);
}

TEST_CASE("a DAG's tasks are a line each in --explain, and none in the headline", "[own_dags]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write(
      "e.yaml",
      kRest + "workload: {dag: {tasks: {a: {ms: 10, out: 1MB}, b: {after: [a], ms: 3}}}}\n");
  const std::string explained = test::run("run " + file + " --explain").output;
  CHECK(explained.find("{ms: 10, out: 1MB}") != std::string::npos);
  CHECK(explained.find("{after: [a], ms: 3}") != std::string::npos);
  CHECK(test::run("run " + file).output.starts_with("dag, seed 1\n"));
}

TEST_CASE("a sweep varies a task's time, and takes no list of names for an axis", "[own_dags]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write(
      "s.yaml", kRest +
                    "workload: {dag: {tasks: {a: {ms: [10, 20, 30]}, b: {after: [a], ms: 1}}}}\n"
                    "sweep: {}\n");
  const test::Outcome outcome = test::run("sweep " + file + " --dry-run");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.output.find("workload.dag.tasks.a.ms") != std::string::npos);
  CHECK(outcome.output.find("after") == std::string::npos);
}

TEST_CASE("a flag and an axis change a task of a DAG that is in a file", "[own_dags]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("e.yaml", kRest + "workload: {dag: d.yaml}\n");
  folder.write("d.yaml", kTasks);
  const std::string as_written = test::run("run " + file).output;
  const std::string changed =
      test::run("run " + file + " --set workload.dag.tasks.load.ms=5000").output;
  CHECK(as_written != changed);
  CHECK(changed.find("error") == std::string::npos);
  const test::Outcome sweep =
      test::run("sweep " + file + " --quiet --results " + folder.file("s.db") +
                " --set 'sweep={axes: {workload.dag.tasks.load.ms: [1, 2000]}}'");
  INFO(sweep.output);
  CHECK(sweep.exit_code == 0);
}

TEST_CASE("--wfformat writes the schedule, which is the same DAG when it is read", "[own_dags]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("e.yaml", kWukong + "workload: {dag: d.yaml}\n");
  folder.write("d.yaml", kTasks);
  REQUIRE(test::run("run " + file + " --wfformat " + folder.file("w.json")).exit_code == 0);
  const std::string schedule = test::read_all(folder.file("w.json"));
  CHECK(schedule.find("\"runtimeInSeconds\": 0.02, \"coreCount\": 1, \"executedAt\": "
                      "\"1970-01-01T00:00:0") != std::string::npos);
  CHECK(schedule.find("{\"nodeName\": \"") != std::string::npos);
  REQUIRE(
      test::run("dag convert " + folder.file("w.json") + " " + folder.file("w.yaml")).exit_code ==
      0);
  CHECK(test::read_all(folder.file("w.yaml")) ==
        "tasks:\n  load: {ms: 10, out: 1MB}\n  train: {after: [load], ms: 20}\n");
}

TEST_CASE("a bound, which executes no task, has no schedule", "[own_dags]") {
  const test::TemporaryFolder folder;
  folder.write("d.yaml", kTasks);
  const std::string file = folder.write("e.yaml", kRest + "workload: {dag: d.yaml}\n");
  const test::Outcome outcome = test::run("run " + file + " --wfformat " + folder.file("w.json"));
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output.find("found ideal, which is a bound and executes none") !=
        std::string::npos);
}

TEST_CASE("--events writes what happened as a table, compressed or not", "[own_dags]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("e.yaml", kWukong + "workload: {dag: d.yaml}\n");
  folder.write("d.yaml", kTasks);
  REQUIRE(test::run("run " + file + " --events " + folder.file("e.csv")).exit_code == 0);
  REQUIRE(test::run("run " + file + " --events " + folder.file("e.csv.gz")).exit_code == 0);
  const std::string events = test::read_all(folder.file("e.csv"));
  CHECK(events.starts_with("begin_s,end_s,kind,what,host,task,object,invocation,bytes\n"));
  CHECK(events.find(",task,task,") != std::string::npos);
  CHECK(events.find(",train,") != std::string::npos);
  CHECK(test::run_command("gzip -dc " + folder.file("e.csv.gz")).output == events);
  const test::Outcome both = test::run("run " + file + " --events - --json -");
  CHECK(both.exit_code == 2);
}

}  // namespace wukong::commands
