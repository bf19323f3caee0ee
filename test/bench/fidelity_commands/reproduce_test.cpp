// The command as a user runs it.
#include <algorithm>
#include <string>

#include "bench/files/text_file.h"
#include "bench/plot/gnuplot.h"
#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"
#include "test_paths.h"

namespace wukong::fidelity_commands {
namespace {

test::Outcome reproduce(const std::string& arguments, const std::string& environment = "") {
  return test::run_command(environment + " \"" + WUKONG_PROGRAM + "\" reproduce " + arguments);
}

TEST_CASE("one figure gives its CSV, plots, page and document", "[reproduction][program]") {
  const test::TemporaryFolder folder;
  const test::Outcome outcome =
      reproduce("socc20-9 --replicates 1 --quiet --out " + folder.path() + " --json " +
                folder.path() + "/r.json --set platform.functions.memory_mb=3000");
  if (!plot::have_gnuplot()) {
    CHECK(outcome.exit_code == 2);
  } else {
    CHECK(outcome.exit_code == 0);
    for (const char* name : {"socc20-9.svg", "socc20-9.png"})
      CHECK(files::read_text_file(folder.file(name)).size() > 1000);
    CHECK(files::read_text_file(folder.file("report.html")).find("<svg") != std::string::npos);
  }
  CHECK(files::read_text_file(folder.file("socc20-9.csv")).find("wukong,500,") !=
        std::string::npos);
  CHECK(files::read_text_file(folder.file("r.json")).find("wukong.reproduction/1") !=
        std::string::npos);
}

TEST_CASE("without gnuplot there are CSV, JSON and page, a message and an exit code",
          "[reproduction][program]") {
  const test::TemporaryFolder folder;
  const test::Outcome outcome = reproduce("socc20-9 --replicates 1 --quiet --out " + folder.path() +
                                              " --json " + folder.path() + "/r.json",
                                          "PATH=/nowhere");
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output.find("no plots: gnuplot is not installed (Debian package gnuplot-nox)") !=
        std::string::npos);
  CHECK(files::read_text_file(folder.file("socc20-9.csv")).size() > 100);
  CHECK(files::read_text_file(folder.file("r.json")).size() > 100);
  CHECK(files::read_text_file(folder.file("report.html")).find("The plot was not drawn") !=
        std::string::npos);
}

TEST_CASE("a document on the standard output is alone there", "[reproduction][program]") {
  const test::TemporaryFolder folder;
  const test::Outcome outcome =
      reproduce("socc20-9 --replicates 1 --quiet --json - --out " + folder.path(), "");
  CHECK(outcome.output.find("{\n  \"schema\": \"wukong.reproduction/1\"") == 0);
}

TEST_CASE("wrong arguments are exit code 2 and one line on stderr", "[reproduction][program]") {
  for (const std::string arguments : {"socc20-99",
                                      "--replicates 0",
                                      "--replicates many",
                                      "--threads 0",
                                      "--out /dev/null/x",
                                      "socc20-9 --out /dev/null",
                                      "--set seed",
                                      "--set systems.wukon.invokers=1 socc20-9",
                                      "--set platform.functions.memory_mb=-1 socc20-9",
                                      "--no-such-flag",
                                      "socc20-9 --json /no/such/folder/r.json",
                                      "socc20-9 --intervals --set seed=3",
                                      "socc20-9 --intervals --members 1",
                                      "socc20-9 --members 5",
                                      "socc20-9 --slack 0.1",
                                      "socc20-9 --cross-validation /no/such/file.json",
                                      "socc20-9 --fidelity /no/such/file.md",
                                      "--list socc20-9",
                                      "--list --replicates 3",
                                      "--list --set seed=3",
                                      "--list --check",
                                      "--list --sensitivity",
                                      "--list --json /dev/null"}) {
    INFO(arguments);
    const test::TemporaryFolder folder;
    const bool has_folder = arguments.find("--out") != std::string::npos;
    const test::Outcome outcome =
        reproduce("--quiet " + arguments + (has_folder ? "" : " --out " + folder.path()));
    INFO(outcome.output);
    CHECK(outcome.exit_code == 2);
    CHECK(std::count(outcome.output.begin(), outcome.output.end(), '\n') == 1);
    CHECK(outcome.output.find("wukong: error: ") == 0);
  }
  CHECK(reproduce("socc20-144").output.find("did you mean \"socc20-14\"?") != std::string::npos);
}

TEST_CASE("the page, the document and fidelity.md have a cross-validation that was made before",
          "[reproduction][program]") {
  constexpr const char* kOther = "This prediction is of another program or of other presets";
  const test::TemporaryFolder folder;
  const std::string validated = folder.file("cv.json");
  const test::Outcome made = test::run(
      "calibrate --cross-validate --figure socc20-9 --evaluations 1 --replicates 1 "
      "--quiet --json " +
      validated);
  INFO(made.output);
  REQUIRE(made.exit_code == 0);
  CHECK(made.output.find("socc20-9") != std::string::npos);
  folder.write("f.md",
               "<!-- wukong reproduce --fidelity, five lines: begin -->\n"
               "<!-- wukong reproduce --fidelity, five lines: end -->\n"
               "<!-- wukong reproduce --fidelity: begin -->\n"
               "<!-- wukong reproduce --fidelity: end -->\n");
  const test::Outcome outcome =
      reproduce("socc20-9 --replicates 1 --quiet --out " + folder.path() + " --cross-validation " +
                validated + " --fidelity " + folder.file("f.md"));
  INFO(outcome.output);
  CHECK(files::read_text_file(folder.file("report.html"))
            .find("<h2>Prediction: one figure left out at a time</h2>") != std::string::npos);
  const std::string text = files::read_text_file(folder.file("f.md"));
  // Another program has made it.
  std::string document = files::read_text_file(validated);
  document.replace(document.find("\"model\": \"") + 10, 4, "####");
  folder.write("cv.json", document);
  CHECK(files::read_text_file(folder.file("report.html")).find(kOther) == std::string::npos);
  CHECK(text.find("earlier model") == std::string::npos);
  reproduce("socc20-9 --replicates 1 --quiet --out " + folder.path() + " --cross-validation " +
            validated + " --fidelity " + folder.file("f.md"));
  CHECK(files::read_text_file(folder.file("report.html")).find(kOther) != std::string::npos);
  CHECK(files::read_text_file(folder.file("f.md")).find("earlier model") != std::string::npos);
  CHECK(text.find("- A figure that the parameters are not fitted to is predicted") !=
        std::string::npos);
  CHECK(text.find("values are fitted, assumed or chosen in all") != std::string::npos);
  CHECK(text.find("Intervals are not measured here") != std::string::npos);
}

TEST_CASE("the list names every figure", "[reproduction][program]") {
  const test::Outcome outcome = reproduce("--list");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.output.find("socc20-14") != std::string::npos);
  CHECK(outcome.output.find("not described") == std::string::npos);
}

}  // namespace
}  // namespace wukong::fidelity_commands
