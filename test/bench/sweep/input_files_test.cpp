// What a result depends on is in its identity: the content of every file that an experiment names.
#include <fcntl.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/preset_library.h"
#include "bench/sweep/point_runs.h"
#include "bench/sweep_runner/sweep_runner.h"
#include "scheduler/policy/policy.h"
#include "sim/base/random.h"
#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::sweep {
namespace {

// A policy that reads a trace, which no policy of the program does yet.
struct TraceOptions final : scheduler::Options {
  InputFile trace;
  void visit(FieldVisitor& v) override { v.file("trace", trace); }
};

std::unique_ptr<scheduler::System> no_system(platform::Platform&, const dag::Dag&,
                                             const scheduler::Options&) {
  throw std::logic_error("it is never run");
}

constexpr scheduler::Policy kTracePolicies[] = {scheduler::Policy{
    "traced", dag::DagForm::dask,
    []() -> std::unique_ptr<scheduler::Options> { return std::make_unique<TraceOptions>(); },
    no_system, scheduler::TaskHosts::none}};

const std::string kTask = R"({"name": "t", "id": "t", "parents": []})";

std::string flow_of(const std::string& seconds) {
  return R"({"schemaVersion": "1.5", "workflow": {"specification": {"tasks": [)" + kTask +
         R"(]}, "execution": {"tasks": [{"id": "t", "runtimeInSeconds": )" + seconds + "}]}}}";
}

struct Identity {
  std::string sweep;
  std::string key;
  auto operator<=>(const Identity&) const = default;
};

// A folder with an experiment that names two files, one of the workload and one of a system.
class NamedFiles {
 public:
  NamedFiles()
      : presets_(parameters::embedded_presets().begin(), parameters::embedded_presets().end()) {
    presets_.push_back({"system", "traced", "policy: traced\ntrace: none\n"});
    folder_.write("flow.json", flow_of("3"));
    folder_.write("trace.csv", "0,1\n1,2\n");
  }

  const test::TemporaryFolder& folder() const { return folder_; }
  Identity identity() const {
    const experiment::Catalog catalog{parameters::PresetLibrary(presets_), workloads::workloads(),
                                      kTracePolicies};
    const std::string text =
        "platform: aws-2020\nworkload: {wfformat: flow.json}\n"
        "systems: [{traced: {trace: trace.csv}}]\n";
    const SweepPlan plan = make_sweep(
        parameters::parse_yaml(text, {parameters::Origin::Kind::file, folder_.file("x.yaml"), 0}),
        catalog);
    return {check_sweep(plan, catalog), PointRuns(plan, catalog, 0).key({0, 0, 0})};
  }

 private:
  test::TemporaryFolder folder_;
  std::vector<parameters::Preset> presets_;
};

TEST_CASE("a change of any byte of any file of an experiment changes its identity", "[sweep]") {
  const NamedFiles study;
  const Identity before = study.identity();
  RandomStream random(7, "bytes");
  for (const std::string file : {"flow.json", "trace.csv"}) {
    const std::string content = test::read_all(study.folder().file(file));
    for (int i = 0; i < 20; ++i) {
      std::string changed = content;
      const size_t place = random.below(content.size());
      changed[place] = static_cast<char>(changed[place] ^ (1 + random.below(127)));
      study.folder().write(file, changed);
      const Identity after = study.identity();
      INFO(file << " at " << place);
      CHECK(after.sweep != before.sweep);
      CHECK(after.key != before.key);
    }
    for (const std::string& changed : {content + "\n", content.substr(1), std::string()}) {
      study.folder().write(file, changed);
      CHECK(study.identity().key != before.key);
    }
    study.folder().write(file, content);
    CHECK(study.identity() == before);
  }
}

TEST_CASE("a file that was touched or written anew without a change changes nothing", "[sweep]") {
  const NamedFiles study;
  const Identity before = study.identity();
  const std::string file = study.folder().file("flow.json");
  const timespec times[2] = {{1'000'000, 0}, {1'000'000, 0}};
  REQUIRE(::utimensat(AT_FDCWD, file.c_str(), times, 0) == 0);
  CHECK(study.identity() == before);
  study.folder().write("flow.json", flow_of("3"));
  CHECK(study.identity() == before);
}

TEST_CASE("a sweep computes anew when the workflow's file has changed in between", "[sweep]") {
  const test::TemporaryFolder folder;
  folder.write("flow.json", flow_of("3"));
  const std::string sweep = folder.write(
      "x.yaml",
      "platform: aws-2020\nworkload: {wfformat: flow.json}\nsystems: [wukong, strawman]\n"
      "replicates: 3\n");
  const std::string command = "sweep " + sweep + " --results " + folder.file("s.db");
  const auto makespans = [&] {
    return test::run("results export --metric makespan_s --results " + folder.file("s.db")).output;
  };
  const test::Outcome first = test::run(command);
  INFO(first.output);
  REQUIRE(first.exit_code == 0);
  CHECK(first.output.find("6 computed now") != std::string::npos);
  const std::string of_three = makespans();
  CHECK(test::run(command).output.find("0 computed now") != std::string::npos);
  folder.write("flow.json", flow_of("30"));
  CHECK(test::run(command).output.find("6 computed now") != std::string::npos);
  CHECK(makespans() != of_three);
  folder.write("flow.json", flow_of("3"));
  CHECK(test::run(command).output.find("0 computed now") != std::string::npos);
}

TEST_CASE("a check says which file holds something else than for the baseline", "[check]") {
  const test::TemporaryFolder folder;
  folder.write("flow.json", flow_of("3"));
  const std::string suite = folder.write(
      "x.yaml", "platform: aws-2020\nworkload: {wfformat: flow.json}\nsystems: [wukong]\n");
  const std::string command = "check " + suite + " --quiet --baseline " + folder.file("base.json");
  REQUIRE(test::run(command + " --update").exit_code == 0);
  CHECK(test::run(command).exit_code == 0);
  CHECK(test::read_all(folder.file("base.json")).find("\"files\": {\"flow.json\":") !=
        std::string::npos);
  folder.write("flow.json", flow_of("4"));
  const test::Outcome changed = test::run(command);
  CHECK(changed.exit_code == 1);
  CHECK(changed.output.find("flow.json holds something else than when the baseline was written") !=
        std::string::npos);
}

}  // namespace
}  // namespace wukong::sweep
