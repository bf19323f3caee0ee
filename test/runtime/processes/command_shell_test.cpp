// Recorded commands as workflow systems write them: for a shell, with whole paths, cut at blanks.
#include <string>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/simulation/emulate.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::processes {
namespace {

simulation::EmulatedRun emulated(const test::TemporaryFolder& folder, const std::string& emulation,
                                 const std::string& workload = "{wfformat: flow.json}") {
  const std::string text = "platform: local\nworkload: " + workload +
                           "\nsystems: [strawman]\nemulation: " + emulation + "\n";
  const parameters::Origin origin{parameters::Origin::Kind::file, folder.file("x.yaml"), 0};
  auto runs = simulation::emulate_experiment(experiment::make_experiment(
      parameters::parse_yaml(text, origin), experiment::program_catalog()));
  return std::move(runs.at(0));
}

// One task that reads `input` and writes out.txt.
std::string flow(const std::string& program, const std::string& arguments,
                 const std::string& input = "in.txt") {
  return R"({"schemaVersion": "1.5", "workflow": {"specification": {"tasks": [
    {"name": "t", "id": "t", "parents": [], "inputFiles": [")" +
         input +
         R"("], "outputFiles": ["out.txt"]}],
    "files": [{"id": ")" +
         input + R"(", "sizeInBytes": 4}, {"id": "out.txt", "sizeInBytes": 4}]},
    "execution": {"tasks": [{"id": "t", "runtimeInSeconds": 0, "command": {"program": ")" +
         program + R"(", "arguments": [)" + arguments + "]}}]}}}";
}

TEST_CASE("with a shell, a recorded command's > and 2> are what they are to a shell",
          "[runtime][command][emulate]") {
  const test::TemporaryFolder folder;
  folder.write("in.txt", "abc\n");
  folder.write("flow.json", flow("cat", R"("in.txt", ">", "out.txt", "2>", "err.txt")"));
  CHECK(emulated(folder, "{command: recorded, command_shell: true, speed: 100}").result.completed);
  const auto without = emulated(folder, "{command: recorded, speed: 100}");
  CHECK_FALSE(without.result.completed);  // there is no file called >
}

TEST_CASE("with a shell, a program beside the workflow is found, and names are quoted",
          "[runtime][command][emulate]") {
  const test::TemporaryFolder folder;
  folder.write("in.txt", "abc\n");
  folder.write("copy.sh", "cat in.txt > \"$1\"\n");
  folder.write("flow.json", flow("sh", R"("copy.sh", "out.txt", "|", "cat")"));
  CHECK(emulated(folder, "{command: recorded, command_shell: true, speed: 100}").result.completed);
  const auto piped = emulated(folder,
                              "{command: \"cat {inputs} | tr a b > {outputs} && test {task} = t\", "
                              "command_shell: true, speed: 100}");
  INFO(piped.result.failure);
  CHECK(piped.result.completed);
}

TEST_CASE("recorded arguments that are only blanks are left out", "[runtime][command][emulate]") {
  const test::TemporaryFolder folder;
  folder.write("in.txt", "abc\n");
  folder.write("flow.json", flow("cp", R"("in.txt", " ", "", "out.txt")"));
  const auto run = emulated(folder, "{command: recorded, speed: 100}");
  INFO(run.result.failure);
  CHECK(run.result.completed);
}

TEST_CASE("an input with a whole path is read where it is, and must be there",
          "[runtime][command][emulate]") {
  const test::TemporaryFolder folder;
  const test::TemporaryFolder elsewhere;
  const std::string input = elsewhere.write("ref.fa", "ACGT");
  folder.write("flow.json", flow("cp", "\"" + input + R"(", "out.txt")", input));
  const auto run = emulated(folder, "{command: recorded, speed: 100}");
  INFO(run.result.failure);
  CHECK(run.result.completed);
  const std::string absent = elsewhere.file("absent.fa");
  folder.write("flow.json", flow("cp", "\"" + absent + R"(", "out.txt")", absent));
  CHECK(test::error_text([&] {
          emulated(folder, "{command: recorded}");
        }).find("expected the workflow's input " + absent) != std::string::npos);
}

TEST_CASE("versions of a file that is rewritten are not for recorded commands",
          "[runtime][command]") {
  const test::TemporaryFolder folder;
  folder.write("in.txt", "abc\n");
  folder.write("flow.json", flow("cp", R"("in.txt", "out.txt")"));
  CHECK(test::error_text([&] {
          emulated(folder, "{command: recorded}",
                   "{wfformat: {path: flow.json, in_place_files: versions}}");
        }).find("emulation.command: expected in_place_files: error") != std::string::npos);
}

}  // namespace
}  // namespace wukong::processes
