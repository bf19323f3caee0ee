#include "bench/files/file_roles.h"

#include <filesystem>

#include "test/bench/support/error_text.h"
#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::files {
namespace {

std::string error_of(const std::string& read, const std::string& written) {
  return test::error_text([&] {
    FileRoles roles;
    roles.reads("the suite", read);
    roles.writes("--json", written);
  });
}

TEST_CASE("a file that is written has no second role, whatever name it goes by", "[files]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("suite.yaml", "a: 1\n");
  const std::string link = folder.file("link");
  const std::string twin = folder.file("twin");
  std::filesystem::create_symlink(file, link);
  std::filesystem::create_hard_link(file, twin);
  const std::string around = folder.file("./suite.yaml");
  for (const std::string& other : {file, link, twin, around})
    CHECK(error_of(file, other) ==
          "--json: expected another file than the suite, found \"" + other + "\"");
  CHECK(error_of(file, folder.file("new.json")) == "no error");
  CHECK(error_of(file, "-") == "no error");
}

TEST_CASE("two outputs that are not there yet are one file by their path", "[files]") {
  const test::TemporaryFolder folder;
  FileRoles roles;
  roles.writes("--json", folder.file("new"));
  CHECK_THROWS_AS(roles.writes("--trace", folder.file("./new")), Error);
  roles.writes("--trace", folder.file("other"));
  roles.writes("--junit", "/dev/null");
  roles.writes("--update", "/dev/null");
  roles.reads("twice", folder.file("input"));
  roles.reads("a second time", folder.file("input"));
}

TEST_CASE("what stands beside a results file is no place for an output", "[files]") {
  const test::TemporaryFolder folder;
  FileRoles roles;
  roles.writes_results("--results", folder.file("x.db"));
  CHECK_THROWS_AS(roles.writes("--junit", folder.file("x.db.lock")), Error);
  CHECK_THROWS_AS(roles.writes("--junit", folder.file("x.db-journal")), Error);
}

TEST_CASE("a file that is not there yet has one role, however it is named", "[files]") {
  const test::TemporaryFolder folder;
  std::filesystem::create_symlink("later.json", folder.file("link.json"));
  std::filesystem::create_directory_symlink(".", folder.file("here"));
  for (const std::string& other :
       {folder.file("./later.json"), folder.file("here/later.json"), folder.file("link.json"),
        std::filesystem::relative(folder.file("later.json")).string()}) {
    INFO(other);
    FileRoles roles;
    roles.writes("--json", folder.file("later.json"));
    CHECK_THROWS_AS(roles.writes("--trace", other), Error);
    roles.writes("--trace", folder.file("sooner.json"));
  }
}

TEST_CASE("no command writes over one of its own files", "[files][program]") {
  const test::TemporaryFolder folder;
  const std::string text =
      "platform: aws-2020\nworkload: {tree_reduction: {elements: 8}}\nsystems: [wukong]\n";
  const std::string plain = folder.write("plain.yaml", text);
  const std::string sweep = folder.write(
      "sweep.yaml", text + "sweep: {axes: {workload.tree_reduction.elements: [8, 16]}}\n");
  const std::string base = folder.file("base.json");
  const std::string results = folder.file("x.db");
  const std::string workflow = folder.file("tree.json");
  REQUIRE(test::run("check " + sweep + " --baseline " + base + " --update").exit_code == 0);
  REQUIRE(test::run("sweep " + sweep + " --results " + results).exit_code == 0);
  REQUIRE(test::run("dag generate " + plain + " -o " + workflow).exit_code == 0);
  const std::string imported = folder.write(
      "imported.yaml", "platform: aws-2020\nworkload: {wfformat: tree.json}\nsystems: [wukong]\n");
  const auto contents = [&] {
    std::string all;
    for (const std::string& file : {plain, sweep, base, results, workflow, imported})
      all += test::read_all(file);
    return all;
  };
  const std::string before = contents();
  const std::string other = folder.file("out");
  for (const std::string& arguments :
       {"run " + plain + " --json " + plain, "run " + plain + " --trace " + plain,
        "run " + plain + " --json " + other + " --trace " + other,
        "run " + imported + " --json " + workflow,
        "check " + sweep + " --baseline " + sweep + " --update",
        "check " + sweep + " --baseline " + base + " --junit " + base,
        "check " + sweep + " --baseline " + base + " --junit " + sweep,
        "check " + sweep + " --baseline " + base + " --results " + base,
        "sweep " + sweep + " --results " + sweep,
        "results export --results " + results + " -o " + results,
        "results sql \"SELECT 1\" --results " + results + " -o " + results,
        "results merge " + results + " --results " + results,
        "dag convert " + workflow + " " + workflow}) {
    INFO(arguments);
    CHECK(test::run(arguments).exit_code == 2);
    CHECK(contents() == before);
  }
  CHECK(!std::filesystem::exists(other));
}

}  // namespace
}  // namespace wukong::files
