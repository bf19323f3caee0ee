// The command as a user runs it.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>

#include "bench/reproduction/gnuplot.h"
#include "bench/text_file.h"
#include "test/catch.h"

namespace wukong::bench {
namespace {

struct Outcome {
  int exit_code;
  std::string output;  // stdout, then stderr
};

Outcome run(const std::string& arguments, const std::string& environment = "") {
  const std::string command =
      environment + " \"" + WUKONG_PROGRAM + "\" reproduce " + arguments + " 2>&1";
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

class Folder {
 public:
  Folder()
      : path_((std::filesystem::temp_directory_path() /
               ("wukong-reproduce-" + std::to_string(::getpid())))
                  .string()) {
    std::filesystem::remove_all(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST_CASE("one figure gives its CSV, plots, page and document", "[reproduction][program]") {
  const Folder folder;
  const Outcome outcome =
      run("socc20-9 --replicates 1 --quiet --out " + folder.path() + " --json " + folder.path() +
          "/r.json --set platform.functions.memory_mb=3000");
  if (!have_gnuplot()) {
    CHECK(outcome.exit_code == 2);
  } else {
    CHECK(outcome.exit_code == 0);
    for (const char* name : {"socc20-9.svg", "socc20-9.png"})
      CHECK(read_text_file(folder.file(name)).size() > 1000);
    CHECK(read_text_file(folder.file("report.html")).find("<svg") != std::string::npos);
  }
  CHECK(read_text_file(folder.file("socc20-9.csv")).find("wukong,500,") != std::string::npos);
  CHECK(read_text_file(folder.file("r.json")).find("wukong.reproduction/1") != std::string::npos);
}

TEST_CASE("without gnuplot there are CSV, JSON and page, a message and an exit code",
          "[reproduction][program]") {
  const Folder folder;
  const Outcome outcome = run("socc20-9 --replicates 1 --quiet --out " + folder.path() +
                                  " --json " + folder.path() + "/r.json",
                              "PATH=/nowhere");
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output.find("no plots: gnuplot is not installed (Debian package gnuplot-nox)") !=
        std::string::npos);
  CHECK(read_text_file(folder.file("socc20-9.csv")).size() > 100);
  CHECK(read_text_file(folder.file("r.json")).size() > 100);
  CHECK(read_text_file(folder.file("report.html")).find("The plot was not drawn") !=
        std::string::npos);
}

TEST_CASE("a document on the standard output is alone there", "[reproduction][program]") {
  const Folder folder;
  const Outcome outcome =
      run("socc20-9 --replicates 1 --quiet --json - --out " + folder.path(), "");
  CHECK(outcome.output.find("{\n  \"schema\": \"wukong.reproduction/1\"") == 0);
}

TEST_CASE("wrong arguments are exit code 2 and one line on stderr", "[reproduction][program]") {
  for (const std::string arguments :
       {"socc20-99", "--replicates 0", "--replicates many", "--threads 0", "--out /dev/null/x",
        "socc20-9 --out /dev/null", "--set seed", "--set systems.wukon.invokers=1 socc20-9",
        "--set platform.functions.memory_mb=-1 socc20-9", "--no-such-flag",
        "socc20-9 --json /no/such/folder/r.json", "socc20-9 --fidelity /no/such/file.md"}) {
    INFO(arguments);
    const Folder folder;
    const bool has_folder = arguments.find("--out") != std::string::npos;
    const Outcome outcome =
        run("--quiet " + arguments + (has_folder ? "" : " --out " + folder.path()));
    INFO(outcome.output);
    CHECK(outcome.exit_code == 2);
    CHECK(std::count(outcome.output.begin(), outcome.output.end(), '\n') == 1);
    CHECK(outcome.output.find("wukong: error: ") == 0);
  }
  CHECK(run("socc20-144").output.find("did you mean \"socc20-14\"?") != std::string::npos);
}

TEST_CASE("the list names every figure", "[reproduction][program]") {
  const Outcome outcome = run("--list");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.output.find("socc20-14") != std::string::npos);
  CHECK(outcome.output.find("not described") == std::string::npos);
}

}  // namespace
}  // namespace wukong::bench
