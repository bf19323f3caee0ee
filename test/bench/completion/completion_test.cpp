// What shells and man are told of the command line is what --help says.
#include <regex>
#include <set>
#include <string>

#include "test/bench/support/run_program.h"
#include "test/catch.h"

namespace wukong::completion {
namespace {

// The words that bash offers for the last of a command line's words.
std::string offered(const std::string& words) {
  const std::string program = WUKONG_PROGRAM;
  const test::Outcome outcome = test::run_command(
      "bash -c '. <(\"" + program + "\" completion bash); COMP_WORDS=(" + words +
      "); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); COMPREPLY=(); _wukong; echo \"${COMPREPLY[*]}\"'");
  return outcome.output;
}

std::set<std::string> flags_of_help(const std::string& command) {
  const std::string help = test::run(command + " --help").output;
  const std::regex flag("(?:^|\n)  (?:-\\w,)?(--[a-z-]+)");
  std::set<std::string> flags;
  for (std::sregex_iterator at(help.begin(), help.end(), flag), end; at != end; ++at)
    flags.insert((*at)[1]);
  return flags;
}

}  // namespace

TEST_CASE("bash completes commands, flags, their choices, and names", "[completion]") {
  CHECK(offered("wukong da") == "dag\n");
  CHECK(offered("wukong dag conv") == "convert\n");
  CHECK(offered("wukong dag info --fo") == "--form\n");
  CHECK(offered("wukong dag info --form \"\"") == "dask numpywren\n");
  CHECK(offered("wukong workloads ts") == "tsqr\n");
  CHECK(offered("wukong presets aws-2026") == "aws-2026\n");
  // A flag's value is no command, and no flag stands behind it.
  CHECK(offered("wukong run --trace \"\"") == "\n");
  CHECK(offered("wukong run x.yaml --tr") == "--trace --trace-system\n");
}

TEST_CASE("each shell and the manual page know each flag of --help", "[completion]") {
  const std::string man = test::run("man").output;
  const std::string bash = test::run("completion bash").output;
  const std::string zsh = test::run("completion zsh").output;
  const std::string fish = test::run("completion fish").output;
  for (const std::string command : {"run", "emulate", "compare", "sweep", "check", "dag convert",
                                    "dag generate", "results export", "fuzz", "reproduce"}) {
    const std::set<std::string> flags = flags_of_help(command);
    CAPTURE(command);
    REQUIRE_FALSE(flags.empty());
    for (const std::string& flag : flags) {
      CAPTURE(flag);
      CHECK(bash.find(flag) != std::string::npos);
      CHECK(zsh.find("'" + flag) != std::string::npos);
      CHECK(fish.find("wukong " + command + "\"' -l " + flag.substr(2)) +
                fish.find(" -l " + flag.substr(2) + " ") !=
            2 * std::string::npos);
      if (flag != "--help")
        CHECK(man.find(std::regex_replace(flag, std::regex("-"), "\\-")) != std::string::npos);
    }
    CHECK(man.find(".SS wukong " + command + "\n") != std::string::npos);
  }
}

TEST_CASE("the manual page has no line that roff takes for a request of its own", "[completion]") {
  const std::string man = test::run("man").output;
  const std::regex request("\n\\.(?!TH|SH|SS|TP|PP|nf|fi)");
  CHECK_FALSE(std::regex_search(man, request));
  CHECK(man.starts_with(".TH wukong 1 "));
}

}  // namespace wukong::completion
