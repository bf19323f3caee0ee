
#include "bench/experiment/experiment.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "bench/parameters/explain.h"
#include "sim/platform/platform.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/test_catalog.h"
#include "test/catch.h"
#include "workloads/dag/dag.h"

namespace wukong::experiment {
namespace {

constexpr const char* kExperiment =
    "platform: aws-2020\n"
    "workload: {tree_reduction: {elements: 16, delay_ms: 5}}\n"
    "systems: [pause, {pause: {name: long, pause_s: 9, store: {preset: redis-75, shards: 3}}}]\n"
    "replicates: 4\n";

// A folder with the experiment in it, gone with the test.
class Folder {
 public:
  Folder() {
    path_ = std::filesystem::temp_directory_path() / ("wukong-test-" + std::to_string(::getpid()));
    std::filesystem::create_directory(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }

  std::string write(const std::string& name, const std::string& text) const {
    const std::string file = (path_ / name).string();
    std::ofstream(file) << text;
    return file;
  }
  std::string path(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

Experiment make(const std::string& text, const std::vector<std::string>& settings = {}) {
  static const test::TestCatalog catalog;
  const Folder folder;
  return make_experiment(read_experiment_tree(folder.write("x.yaml", text), settings),
                         catalog.get());
}

// Without the folder, which differs from run to run.
std::string error_of(const std::string& text, const std::vector<std::string>& settings = {}) {
  std::string error = test::error_text([&] { make(text, settings); });
  const size_t file = error.find("x.yaml");
  return error.front() == '/' && file != std::string::npos ? error.substr(file) : error;
}

std::string with(const std::string& section, const std::string& line) {
  std::string text = kExperiment;
  const size_t begin = text.find(section + ":");
  return text.replace(begin, text.find('\n', begin) - begin, line);
}

const parameters::EffectiveParameter& parameter(const Experiment& experiment,
                                                const std::string& path) {
  for (const parameters::EffectiveParameter& each : experiment.effective)
    if (parameters::path_text(each) == path) return each;
  FAIL("no parameter " << path);
  return experiment.effective.front();
}

TEST_CASE("an experiment names a platform, a workload and systems", "[bench]") {
  const Experiment experiment = make(kExperiment);
  CHECK(experiment.workload.name() == "tree_reduction");
  CHECK(experiment.workload.make_dag(dag::DagForm::dask).task_count() == 15);
  REQUIRE(experiment.systems.size() == 2);
  CHECK(experiment.systems[0].label == "pause");
  CHECK(experiment.systems[1].label == "long");
  CHECK(experiment.replicates == 4);
  CHECK(experiment.seed == 1);
}

TEST_CASE("every parameter of an experiment is known with its origin", "[bench]") {
  const Experiment experiment = make(kExperiment, {"platform.functions.memory_mb=1024"});
  const auto origin = [&](const std::string& path) {
    const std::string text = parameter(experiment, path).origin.describe();
    const size_t file = text.find("x.yaml");
    return file == std::string::npos ? text : text.substr(file);
  };
  CHECK(origin("platform.functions.memory_mb") == "--set platform.functions.memory_mb=1024");
  CHECK(origin("platform.network.message_bytes") == "preset platform/aws-2020");
  CHECK(origin("workload.tree_reduction.elements") == "x.yaml:2");
  CHECK(origin("systems.pause.pause_s") == "preset system/pause");
  CHECK(origin("systems.pause.store.shards") == "preset store/redis-75");
  CHECK(origin("systems.long.pause_s") == "x.yaml:3");
  CHECK(origin("systems.long.store.shards") == "x.yaml:3");
  CHECK(origin("systems.long.store.machine") == "preset store/redis-75");
  CHECK(origin("replicates") == "x.yaml:4");
  CHECK(origin("seed") == "default");
  CHECK(parameter(experiment, "systems.pause.pause_s").source == "patience");
  CHECK(parameter(experiment, "systems.long.pause_s").source.empty());
}

TEST_CASE("explain shows value, unit, origin and source of a parameter in one line", "[bench]") {
  const std::vector<parameters::EffectiveParameter> parameters = {
      {{"systems", "pause", "pause_s"},
       2.0,
       {parameters::Origin::Kind::preset, "system/pause", 3},
       "patience"},
      {{"seed"}, int64_t{17}, {}, ""}};
  CHECK(explain(parameters) ==
        "parameter              value  unit  origin               source\n"
        "systems.pause.pause_s      2  s     preset system/pause  patience\n"
        "seed                      17        default\n");
}

TEST_CASE("a run's horizon is a day of simulated time unless the experiment says otherwise",
          "[bench]") {
  CHECK(make(kExperiment).horizon == Duration::seconds(86'400));
  CHECK(parameters::to_text(parameter(make(kExperiment), "horizon_s").value) == "86400");
  CHECK(make(kExperiment, {"horizon_s=1.5"}).horizon == Duration::milliseconds(1500));
  for (const std::string value : {"0", "-1", "1e10", "none", "soon"})
    CHECK(error_of(kExperiment, {"horizon_s=" + value})
              .find("--set horizon_s=" + value + ": horizon_s: expected a number") == 0);
}

TEST_CASE("a burst slower than the rate that follows it is an error of its key", "[bench]") {
  const std::string machine = "platform.machines.\"t2.2xlarge\".network_burst";
  CHECK(error_of(kExperiment, {machine + "={allowance_gb: 1, rate_gbit_per_s: 0.5}"})
            .find(machine + ".rate_gbit_per_s: expected a number of at least 1 ") !=
        std::string::npos);
  const std::string function = "platform.functions.environment.network";
  const auto burst = [&](const std::string& rate) {
    return std::vector<std::string>{
        function + ".rate_mib_per_s=67",
        function + ".burst={allowance_mib: 1, rate_mib_per_s: " + rate + "}"};
  };
  CHECK(error_of(kExperiment, burst("66"))
            .find(function + ".burst.rate_mib_per_s: expected a number of at least 67 ") !=
        std::string::npos);
  CHECK(make(kExperiment, burst("67")).replicates == 4);
}

TEST_CASE("parameters of a workload that do not go together are placed where they were written",
          "[bench]") {
  const auto error = [](const std::vector<std::string>& settings) {
    return test::error_text([&] {
      make(
          "platform: aws-2020\nworkload:\n  noop:\n    tasks: 10\n    lambdas: 30\n    delay_ms: "
          "0\n"
          "systems: [pause]\n",
          settings)
          .workload.make_dag(dag::DagForm::dask);
    });
  };
  const std::string text = "workload.noop.lambdas: expected at most one per task, 10, found ";
  CHECK(error({}).find(":5: " + text + "30") != std::string::npos);
  CHECK(error({"workload.noop.lambdas=40"}) == "--set workload.noop.lambdas=40: " + text + "40");
}

TEST_CASE("--set changes, adds and replaces", "[bench]") {
  CHECK(make(kExperiment, {"workload.tree_reduction.elements=32"})
            .workload.make_dag(dag::DagForm::dask)
            .task_count() == 31);
  CHECK(make(kExperiment, {"workload={tsqr: {rows: 65536, columns: 128}}"}).workload.name() ==
        "tsqr");
  CHECK(make(kExperiment, {"systems=[stuck]"}).systems[0].label == "stuck");
  CHECK(make(kExperiment, {"seed=7"}).seed == 7);
  CHECK(make(kExperiment, {"platform=aws-2024"}).effective[0].origin.describe() ==
        "preset platform/aws-2024");
  const Experiment changed =
      make(kExperiment, {"platform.functions.memory_mb=1024", "platform.preset=aws-2024"});
  CHECK(changed.platform.functions.memory_mb == 1024);
  CHECK(changed.platform.machines.count("c5.4xlarge") == 1);
  CHECK(make(kExperiment, {"platform.machines.\"c5.4xlarge\".vcpus=3"})
            .platform.machines.at("c5.4xlarge")
            .vcpus == 3);
}

TEST_CASE("--set finds a system by its name", "[bench]") {
  const Experiment experiment =
      make(kExperiment, {"systems.long.pause_s=4", "systems.pause.store.shards=2",
                         "systems.pause.store.machine=cache.r5.xlarge"});
  CHECK(parameters::to_text(parameter(experiment, "systems.long.pause_s").value) == "4");
  CHECK(parameters::to_text(parameter(experiment, "systems.pause.pause_s").value) == "2");
  CHECK(parameters::to_text(parameter(experiment, "systems.pause.store.shards").value) == "2");
  CHECK(parameters::to_text(parameter(experiment, "systems.pause.store.placement").value) ==
        "random");
}

TEST_CASE("what is wrong with a --set is said with the flag", "[bench]") {
  CHECK(error_of(kExperiment, {"seed"}) == "--set seed: expected KEY=VALUE, found \"seed\"");
  CHECK(error_of(kExperiment, {"platfrom.x=1"}) ==
        "--set platfrom.x=1: platfrom: unknown key (did you mean \"platform\"?)");
  CHECK(error_of(kExperiment, {"platform.functions.memory=1"}) ==
        "--set platform.functions.memory=1: platform.functions.memory: unknown key (did you mean "
        "\"memory_mb\"?)");
  CHECK(error_of(kExperiment, {"systems.lang.pause_s=1"}) ==
        "--set systems.lang.pause_s=1: systems: expected one of the experiment's systems (pause, "
        "long), found \"lang\" (did you mean \"long\"?)");
  CHECK(error_of(kExperiment, {"replicates=-1"}) ==
        "--set replicates=-1: replicates: expected a whole number of at least 1 and at most "
        "1000000, found \"-1\"");
}

TEST_CASE("an unknown name is an error that lists the known ones", "[bench]") {
  CHECK(error_of(with("platform", "platform: aws-2021")) ==
        "x.yaml:1: platform: expected a platform preset (aws-2020, aws-2024, aws-2026, local, "
        "pdsw19, socc20), "
        "found \"aws-2021\" "
        "(did you mean \"aws-2020\"?)");
  CHECK(error_of(with("systems", "systems: [pause, wukon]"))
            .find("x.yaml:3: systems: expected a system preset (") == 0);
  const std::string workload = error_of(with("workload", "workload: {tsrq: {}}"));
  CHECK(workload.find("x.yaml:2: workload: expected a workload (tree_reduction, tsqr") == 0);
  CHECK(workload.find("found \"tsrq\" (did you mean \"tsqr\"?)") != std::string::npos);
  CHECK(error_of(with("systems", "systems: [orphan]")) ==
        "preset system/orphan:1: systems.orphan.policy: expected a policy (pause), found \"pose\" "
        "(did you mean \"pause\"?)");
  CHECK(error_of(with("systems", "systems: [{pause: {store: redis-57}}]"))
            .find("x.yaml:3: systems.pause.store: expected a store preset (") == 0);
}

TEST_CASE("an experiment of another shape is an error", "[bench]") {
  CHECK(error_of("") ==
        "x.yaml: expected an experiment (platform, workload, systems), found nothing");
  CHECK(error_of("[1]") ==
        "x.yaml:1: expected an experiment (platform, workload, systems), found a list");
  CHECK(error_of("platform: aws-2020\n") ==
        "x.yaml: workload: expected a value, found nothing (the key is missing)");
  CHECK(error_of(with("replicates", "replicate: 3")) ==
        "x.yaml:4: replicate: unknown key (did you mean \"replicates\"?)");
  CHECK(error_of(with("systems", "systems: pause")) ==
        "x.yaml:3: systems: expected a list of systems, such as [wukong, numpywren], found "
        "\"pause\"");
  CHECK(error_of(with("systems", "systems: []")).find("found an empty list") != std::string::npos);
  CHECK(error_of(with("systems", "systems: [{pause: {}, stuck: {}}]"))
            .find("found a map of 2 keys") != std::string::npos);
  CHECK(error_of(with("systems", "systems: [pause, pause]")) ==
        "x.yaml:3: systems: two systems are called \"pause\"; give one another name, as in {pause: "
        "{name: other}}");
  CHECK(error_of(with("workload", "workload: {tsqr: {}, tree_reduction: {}}"))
            .find("x.yaml:2: workload: expected one workload") == 0);
  CHECK(error_of(with("workload", "workload: {tree_reduction: {}}")) ==
        "x.yaml:2: workload.tree_reduction.elements: expected a value, found nothing (the key is "
        "missing)");
}

TEST_CASE("a file that cannot be read is an error with the reason", "[bench]") {
  const Folder folder;
  const std::string missing = folder.path("missing.yaml");
  CHECK(test::error_text([&] { read_experiment_tree(missing, {}); }) ==
        missing + ": cannot be read: No such file or directory");
  CHECK(test::error_text([&] { read_experiment_tree(folder.path(""), {}); }) ==
        folder.path("") + ": cannot be read: Is a directory");
}

TEST_CASE("a workflow's file is looked for beside the experiment", "[bench]") {
  static const test::TestCatalog catalog;
  const Folder folder;
  folder.write("flow.json", "{}");
  const std::string file =
      folder.write("x.yaml", with("workload", "workload: {wfformat: flow.json}"));
  const Experiment experiment = make_experiment(read_experiment_tree(file, {}), catalog.get());
  CHECK(parameters::to_text(parameter(experiment, "workload.wfformat.path").value) ==
        folder.path("flow.json"));
}

}  // namespace
}  // namespace wukong::experiment
