// The command as a user runs it, on presets in a folder of its own.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>

#include "bench/text_file.h"
#include "test/catch.h"

namespace wukong::bench {
namespace {

namespace fs = std::filesystem;

struct Outcome {
  int exit_code;
  std::string output;  // stdout, then stderr
};

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
  CalibrationFolder()
      : path_((fs::temp_directory_path() / ("wukong-calibrate-" + std::to_string(::getpid())))
                  .string()) {
    fs::remove_all(path_);
    fs::create_directories(path_);
    fs::copy(WUKONG_SOURCE "/configs/presets", presets(), fs::copy_options::recursive);
    write_text_file(plan(), kPlan);
  }
  ~CalibrationFolder() { fs::remove_all(path_); }
  std::string presets() const { return path_ + "/presets"; }
  std::string plan() const { return path_ + "/plan.yaml"; }
  std::string wukong() const { return read_text_file(presets() + "/system/wukong.yaml"); }

  Outcome run(const std::string& arguments) const {
    const std::string command = std::string("\"") + WUKONG_PROGRAM +
                                "\" calibrate --quiet --plan " + plan() + " --presets " +
                                presets() + " " + arguments + " 2>&1";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Outcome outcome{-1, ""};
    char block[4096];
    while (const size_t got = std::fread(block, 1, sizeof block, pipe))
      outcome.output.append(block, got);
    const int status = ::pclose(pipe);
    outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return outcome;
  }

 private:
  std::string path_;
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
  const Outcome first = folder.run("--write --evaluations 6 --replicates 1");
  INFO(first.output);
  REQUIRE(first.exit_code == 0);
  CHECK(first.output.find("written: " + folder.presets() + "/system/wukong.yaml\n") !=
        std::string::npos);
  const std::string after = folder.wukong();
  CHECK(without_line(after, "task_overhead_ms") == without_line(before, "task_overhead_ms"));
  CHECK(after.find("source: \"fitted: reduction, 2 points, one \\\"task\\\"\"}") !=
        std::string::npos);
  const Outcome second = folder.run("--write --evaluations 0 --replicates 1");
  CHECK(second.output.find("the presets are as they were") != std::string::npos);
  CHECK(folder.wukong() == after);
}

TEST_CASE("without --write a search changes no file", "[calibration][program]") {
  const CalibrationFolder folder;
  const std::string before = folder.wukong();
  const Outcome outcome = folder.run("--evaluations 3 --replicates 1 --json -");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.output.find("{\n  \"schema\": \"wukong.calibration/1\"") == 0);
  CHECK(folder.wukong() == before);
}

TEST_CASE("wrong arguments and files are exit code 2 and one line on stderr",
          "[calibration][program]") {
  const CalibrationFolder folder;
  write_text_file(folder.presets() + "/../bad.yaml", "stages: [\n");
  for (const std::string arguments :
       {"--stage rduction", "--evaluations -1", "--evaluations many", "--replicates 0",
        "--check --write", "--check --evaluations 3", "--threads 0",
        "--json /no/such/folder/r.json", "--plan /no/such/plan.yaml", "--presets /no/such/folder",
        "--no-such-flag"}) {
    INFO(arguments);
    const Outcome outcome = folder.run(arguments);
    INFO(outcome.output);
    CHECK(outcome.exit_code == 2);
    CHECK(std::count(outcome.output.begin(), outcome.output.end(), '\n') == 1);
    CHECK(outcome.output.find("wukong: error: ") == 0);
  }
  write_text_file(folder.plan(), "stages: [\n");
  CHECK(folder.run("").output.find("wukong: error: " + folder.plan() + ":") == 0);
}

}  // namespace
}  // namespace wukong::bench
