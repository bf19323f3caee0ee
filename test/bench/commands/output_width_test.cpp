// What the program prints fits in a terminal of 80 columns, and no word of it is cut.
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "bench/text/display_width.h"
#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::commands {
namespace {

std::string printed(const std::string& arguments, int columns) {
  const test::Outcome outcome = test::run_command("COLUMNS=" + std::to_string(columns) + " \"" +
                                                  WUKONG_PROGRAM + "\" " + arguments);
  INFO(arguments << "\n" << outcome.output);
  CHECK(outcome.exit_code == 0);
  return outcome.output;
}

std::string widest_line(const std::string& text) {
  std::istringstream lines(text);
  std::string widest;
  for (std::string line; std::getline(lines, line);)
    if (text::display_width(line) > text::display_width(widest)) widest = line;
  return widest;
}

std::set<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::set<std::string> words;
  for (std::string word; stream >> word;) words.insert(word);
  return words;
}

// At 80 columns, and with the words that there are when lines may be long.
void check_fits(const std::string& arguments) {
  const std::string narrow = printed(arguments, 80);
  const std::string widest = widest_line(narrow);
  INFO(arguments << ": " << widest);
  CHECK(text::display_width(widest) <= 80);
  const std::set<std::string> whole = words_of(printed(arguments, 1000));
  for (const std::string& word : words_of(narrow)) {
    // The origins of parameters have brackets only in the list, and what is cut has dots.
    INFO(word);
    const std::string inner = word.size() > 2 ? word.substr(1, word.size() - 2) : word;
    const bool known = whole.contains(word) || whole.contains(word.substr(1)) ||
                       whole.contains(word.substr(0, word.size() - 1)) || whole.contains(inner);
    CHECK(known);
  }
}

// All commands of the program, as their help lists them: "", "run", "results", "results show", ...
void collect_commands(const std::string& command, std::vector<std::string>& commands) {
  commands.push_back(command);
  std::istringstream lines(printed(command + " --help", 80));
  bool listed = false;
  std::vector<std::string> found;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) listed = false;
    if (listed && line.size() > 2 && line[2] != ' ')
      found.push_back(command + " " + line.substr(2, line.find(' ', 2) - 2));
    if (line == "Subcommands:") listed = true;
  }
  for (const std::string& one : found) collect_commands(one, commands);
}

const std::string kSmallRuns =
    " --set 'workload={tree_reduction: {elements: 16}}' --set replicates=3 ";
const std::string kFile = std::string(WUKONG_SOURCE) + "/configs/quickstart.yaml";

std::string seventeen_systems() {
  std::string systems = "[";
  for (int i = 0; i < 17; ++i)
    systems += (i == 0 ? "" : ", ") + ("{wukong: {name: wukong-number-" + std::to_string(i) + "}}");
  return "--set 'systems=" + systems + "]' ";
}

TEST_CASE("every command's help fits in 80 columns", "[bench][program]") {
  std::vector<std::string> commands;
  collect_commands("", commands);
  CHECK(commands.size() > 20);
  for (const std::string& command : commands) check_fits(command + " --help");
}

TEST_CASE("a comparison fits in 80 columns, with two systems and with seventeen",
          "[bench][program]") {
  for (const std::string& systems : {std::string(), seventeen_systems()})
    for (const char* more : {"", "--all", "--metric retries --metric cold_starts"})
      check_fits("compare " + kFile + kSmallRuns + systems + more);
  check_fits("run " + kFile + kSmallRuns);
}

TEST_CASE("parameters, presets and metrics fit in 80 columns", "[bench][program]") {
  check_fits("compare " + kFile + " --explain");
  for (const std::string preset : {"", "aws-2020", "system/numpywren", "store/redis-75"})
    check_fits("presets " + preset);
  check_fits("metrics");
}

TEST_CASE("a study's results fit in 80 columns, however long its axes are", "[bench][program]") {
  const test::TemporaryFolder folder;
  const std::string study = folder.file("x.db");
  const auto sweep = [&](const std::string& file, const std::string& axes) {
    std::ofstream(folder.file(file))
        << "platform: aws-2020\nworkload: {tree_reduction: {elements: 8, delay_ms: 0}}\n"
           "systems: [wukong, numpywren: {workers: 4}]\nreplicates: 3\nsweep:\n  axes:\n"
        << axes;
    printed("sweep " + folder.file(file) + " --quiet --results " + study, 80);
    check_fits("results show --results " + study);
    check_fits("results show --results " + study + " --metric invocations --metric read_gb");
  };
  sweep("one.yaml", "    workload.tree_reduction.elements: [8, 16]\n");
  sweep("more.yaml",
        "    workload.tree_reduction.elements: [8]\n"
        "    workload.tree_reduction.delay_ms: [0, 1]\n"
        "    platform.functions.memory_mb: [2048]\n"
        "    platform.functions.account_concurrency: [1000]\n"
        "    systems.wukong.large_object_threshold_mb: [1, 2]\n");
}

TEST_CASE("an option that takes one value refuses a second one", "[bench][program]") {
  const std::string compare = "compare " + kFile;
  for (const std::string& arguments :
       {compare + " --seed 1 --seed 2", compare + " --json a --json b",
        compare + " --seed 1 --set seed=2", compare + " --set replicates=1 --set replicates=2",
        compare + " --format csv --format json", compare + " --format csv --json -",
        std::string("results plot --results x.db --x a --x b -o x.svg"),
        std::string("results show --results x.db --results y.db"),
        std::string("dag info --workload '{noop: {}}' --workload '{noop: {}}'")}) {
    const test::Outcome outcome = test::run(arguments);
    INFO(arguments << "\n" << outcome.output);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.output.find("No such file") == std::string::npos);
    CHECK(outcome.output.find("x.db:") == std::string::npos);
  }
}

}  // namespace
}  // namespace wukong::commands
