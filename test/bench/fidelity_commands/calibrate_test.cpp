// The command as a user runs it, on presets in a folder of its own.
#include <algorithm>
#include <filesystem>
#include <string>

#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"
#include "test_paths.h"

namespace wukong::fidelity_commands {
namespace {

// The tree reduction of figure 9 takes milliseconds to simulate.
constexpr const char* kPlan =
    "stages:\n"
    "- name: reduction\n"
    "  points: [\"socc20-9 wukong\"]\n"
    "  parameters:\n"
    "  - {preset: system/wukong, key: task_overhead_ms, from: 0.5, to: 20, meaning: \"one "
    "\\\"task\\\"\"}\n";

class CalibrationFolder {
 public:
  CalibrationFolder() {
    std::filesystem::copy(WUKONG_SOURCE "/configs/presets", presets(),
                          std::filesystem::copy_options::recursive);
    folder_.write("plan.yaml", kPlan);
  }
  std::string presets() const { return folder_.file("presets"); }
  std::string plan() const { return folder_.file("plan.yaml"); }
  std::string wukong() const { return test::read_all(presets() + "/system/wukong.yaml"); }
  void write_plan(const std::string& text) const { folder_.write("plan.yaml", text); }

  test::Outcome calibrate(const std::string& arguments) const {
    return test::run("calibrate --quiet --plan " + plan() + " --presets " + presets() + " " +
                     arguments);
  }

 private:
  test::TemporaryFolder folder_;
};

// All but the line of the fitted value.
std::string without_line(const std::string& text, const std::string& key) {
  const size_t begin = text.find("\n" + key + ":");
  REQUIRE(begin != std::string::npos);
  return text.substr(0, begin) + text.substr(text.find('\n', begin + 1));
}

TEST_CASE("--write changes the value and its source, and nothing when it is done again",
          "[calibration][program]") {
  const CalibrationFolder folder;
  const std::string before = folder.wukong();
  const test::Outcome first = folder.calibrate("--write --evaluations 6 --replicates 1");
  INFO(first.output);
  REQUIRE(first.exit_code == 0);
  CHECK(first.output.find("written: " + folder.presets() + "/system/wukong.yaml\n") !=
        std::string::npos);
  const std::string after = folder.wukong();
  CHECK(without_line(after, "task_overhead_ms") == without_line(before, "task_overhead_ms"));
  CHECK(after.find("source: \"fitted: reduction, 2 points, one \\\"task\\\"\"}") !=
        std::string::npos);
  const test::Outcome second = folder.calibrate("--write --evaluations 0 --replicates 1");
  CHECK(second.output.find("the presets are as they were") != std::string::npos);
  CHECK(folder.wukong() == after);
}

TEST_CASE("without --write a search changes no file", "[calibration][program]") {
  const CalibrationFolder folder;
  const std::string before = folder.wukong();
  const test::Outcome outcome = folder.calibrate("--evaluations 3 --replicates 1 --json -");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.output.find("{\n  \"schema\": \"wukong.calibration/1\"") == 0);
  CHECK(folder.wukong() == before);
}

TEST_CASE("the list of parameters goes to the terminal, a document and a Markdown file",
          "[calibration][program]") {
  const test::TemporaryFolder folder;
  folder.write("f.md",
               "<!-- wukong calibrate --list: begin -->\n<!-- wukong calibrate --list: end -->\n");
  const test::Outcome outcome = test::run("calibrate --list --json " + folder.file("l.json") +
                                          " --fidelity " + folder.file("f.md"));
  INFO(outcome.output);
  REQUIRE(outcome.exit_code == 0);
  CHECK(outcome.output.find("outside of their bounds\n") != std::string::npos);
  CHECK(test::read_all(folder.file("l.json")).find("\"schema\": \"wukong.parameters/1\"") !=
        std::string::npos);
  CHECK(test::read_all(folder.file("f.md")).find("\nWithin their bounds:\n") != std::string::npos);
  CHECK(test::run("calibrate --fidelity " + folder.file("f.md")).exit_code == 2);
  CHECK(test::run("calibrate --list --cross-validate").exit_code == 2);
}

TEST_CASE("nothing is written over a preset or a plan", "[calibration][program]") {
  const CalibrationFolder folder;
  const std::string before = folder.wukong();
  for (const std::string& place : {folder.presets() + "/system/wukong.yaml", folder.plan()}) {
    const test::Outcome outcome = folder.calibrate("--write --json " + place);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.output.find("expected another file than --") != std::string::npos);
  }
  CHECK(folder.wukong() == before);
  // By another name, too.
  const std::string link = folder.presets() + "/../link.yaml";
  std::filesystem::create_symlink(folder.presets() + "/system/wukong.yaml", link);
  CHECK(test::run("calibrate --quiet --write --presets " + folder.presets() + " --plan " +
                  folder.plan() + " --json " + link)
            .exit_code == 2);
}

TEST_CASE("wrong arguments and files are exit code 2 and one line on stderr",
          "[calibration][program]") {
  const CalibrationFolder folder;
  for (const std::string arguments : {"--stage rduction",
                                      "--evaluations -1",
                                      "--evaluations many",
                                      "--replicates 0",
                                      "--check --write",
                                      "--check --evaluations 3",
                                      "--threads 0",
                                      "--json /no/such/folder/r.json",
                                      "--plan /no/such/plan.yaml",
                                      "--presets /no/such/folder",
                                      "--starts 0",
                                      "--starts 2",
                                      "--no-such-flag",
                                      "--figure socc20-9",
                                      "--from-middle",
                                      "--list --write",
                                      "--list --stage reduction",
                                      "--list --evaluations 3",
                                      "--list --replicates 3",
                                      "--list --threads 2",
                                      "--cross-validate --check",
                                      "--cross-validate --starts 2",
                                      "--cross-validate --sensitivity"}) {
    INFO(arguments);
    const test::Outcome outcome = folder.calibrate(arguments);
    INFO(outcome.output);
    CHECK(outcome.exit_code == 2);
    CHECK(std::count(outcome.output.begin(), outcome.output.end(), '\n') == 1);
    CHECK(outcome.output.find("wukong: error: ") == 0);
  }
  folder.write_plan("stages: [\n");
  CHECK(folder.calibrate("").output.find("wukong: error: " + folder.plan() + ":") == 0);
}

}  // namespace
}  // namespace wukong::fidelity_commands
