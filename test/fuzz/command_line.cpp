// Command lines, one argument a line. Every command parses its flags; those that only look also do
// what they say, in a folder of their own.
#include <fmt/format.h>

#include <sstream>
#include <vector>

#include "bench/command_line/program.h"
#include "bench/program/all_commands.h"
#include "bench/results/result_store.h"
#include "test/bench/support/temporary_folder.h"
#include "test/fuzz/fuzz.h"

namespace wukong::fuzz {
namespace {

constexpr const char* kExperiment =
    "platform: aws-2020\n"
    "workload: {noop: {tasks: 2, lambdas: 1, delay_ms: 1}}\n"
    "systems: [wukong]\n";
constexpr const char* kSweep =
    "platform: aws-2020\n"
    "workload: {noop: {tasks: [2, 3], lambdas: 1, delay_ms: 1}}\n"
    "systems: [wukong]\n";

// The files that arguments may name: e.yaml, s.yaml and r.db. Whatever else is there goes.
class Workplace {
 public:
  Workplace() {
    std::filesystem::current_path(folder_.path());
    results::ResultStore::open_for_writing("r.db");
    results_ = test::read_all("r.db");
    restore();
  }
  void restore() const {
    for (const auto& entry : std::filesystem::directory_iterator("."))
      std::filesystem::remove_all(entry.path());
    folder_.write("e.yaml", kExperiment);
    folder_.write("s.yaml", kSweep);
    folder_.write("r.db", results_);
  }

 private:
  test::TemporaryFolder folder_;
  std::string results_;
};

// Each adds what lets the command look and not run, or nothing if it does not run anyway.
struct Looking {
  std::string_view command;
  const char* flag;
};
constexpr Looking kLooking[] = {{"run", "--explain"},          {"compare", "--explain"},
                                {"explain-time", "--explain"}, {"emulate", "--explain"},
                                {"validate", "--explain"},     {"sweep", "--dry-run"},
                                {"presets", nullptr}};

std::vector<std::string> arguments_of(const std::string& text) {
  std::vector<std::string> arguments;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) arguments.push_back(line);
  return arguments;
}

// A path of another folder.
bool leads_away(const std::string& text) { return text.find_first_of("/~\0", 0, 3) != text.npos; }

// True: files may have been written.
bool act(std::vector<std::string> arguments) {
  const auto looking =
      std::find_if(std::begin(kLooking), std::end(kLooking),
                   [&](const Looking& each) { return each.command == arguments.front(); });
  const bool acts = looking != std::end(kLooking);
  if (acts && looking->flag != nullptr) arguments.push_back(looking->flag);
  command_line::Program fuzzed("wukong", "Fuzzed");
  program::add_all_commands(fuzzed.root());
  std::vector<const char*> words{"wukong"};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  const command_line::Program::Reading reading =
      fuzzed.read(static_cast<int>(words.size()), words.data());
  if (acts && reading.action) reading.action();
  return acts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Workplace workplace;
  const std::string text = text_of(data, size);
  if (text.empty() || leads_away(text)) return 0;
  const std::vector<std::string> arguments = arguments_of(text);
  bool acted = false;
  const bool accepted = arguments.empty() || accepts([&] { acted = act(arguments); });
  if (acted || !accepted) workplace.restore();
  return 0;
}

}  // namespace wukong::fuzz
