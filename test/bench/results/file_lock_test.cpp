#include "bench/results/file_lock.h"

#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/error.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::results {
namespace {

void try_lock(const std::string& path) { const FileLock lock(path); }

TEST_CASE("a lock is a file with our number, and gone in the end", "[results][security]") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("s.db");
  {
    const FileLock lock(path);
    CHECK(test::read_all(path + ".lock") == std::to_string(::getpid()));
  }
  CHECK_FALSE(std::filesystem::exists(path + ".lock"));
}

TEST_CASE("a lock is not opened through a symbolic link, and what it points to stays",
          "[results][security]") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("s.db");
  for (const char* text : {"precious", "123", ""}) {
    const std::string precious = folder.write("precious.txt", text);
    std::filesystem::create_symlink(precious, path + ".lock");
    CHECK(test::error_text([&] { try_lock(path); }).find("another file there") !=
          std::string::npos);
    CHECK(test::read_all(precious) == text);
    CHECK(std::filesystem::is_symlink(path + ".lock"));
    std::filesystem::remove(path + ".lock");
  }
  std::filesystem::create_symlink(folder.file("nothing"), path + ".lock");
  CHECK_FALSE(test::error_text([&] { try_lock(path); }).empty());
  CHECK_FALSE(std::filesystem::exists(folder.file("nothing")));
}

TEST_CASE("a file that no sweep made is not taken for a lock", "[results][security]") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("s.db");
  for (const char* text : {"precious", "12 ", "123456789012345678901"}) {
    folder.write("s.db.lock", text);
    CHECK(test::error_text([&] { try_lock(path); }).find("another file there") !=
          std::string::npos);
    CHECK(test::read_all(path + ".lock") == text);
  }
  std::filesystem::remove(path + ".lock");
  std::filesystem::create_hard_link(folder.write("numbers.txt", "42"), path + ".lock");
  CHECK_FALSE(test::error_text([&] { try_lock(path); }).empty());
  CHECK(test::read_all(folder.file("numbers.txt")) == "42");
  std::filesystem::remove(path + ".lock");
  REQUIRE(::mkfifo((path + ".lock").c_str(), 0600) == 0);
  CHECK_FALSE(test::error_text([&] { try_lock(path); }).empty());
  std::filesystem::remove(path + ".lock");
  std::filesystem::create_directory(path + ".lock");
  CHECK_FALSE(test::error_text([&] { try_lock(path); }).empty());
}

TEST_CASE("the lock of a sweep that was killed is taken over", "[results]") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("s.db");
  folder.write("s.db.lock", "99999999");
  const FileLock lock(path);
  CHECK(test::read_all(path + ".lock") == std::to_string(::getpid()));
  CHECK(test::error_text([&] { try_lock(path); }).find("process " + std::to_string(::getpid())) !=
        std::string::npos);
}

TEST_CASE("nothing that a sweep writes beside its results goes through a link",
          "[results][security]") {
  const test::TemporaryFolder folder;
  const std::string precious = folder.write("precious.txt", "precious");
  const std::string sweep =
      folder.write("sweep.yaml",
                   "platform: aws-2020\nworkload: {tree_reduction: {elements: 8}}\n"
                   "systems: [wukong]\n"
                   "sweep: {axes: {workload.tree_reduction.elements: [4, 8]}}\n");
  for (const char* ending : {".lock", "-journal"}) {
    const std::string results = folder.file(std::string("study") + (ending + 1) + ".db");
    std::filesystem::create_symlink(precious, results + ending);
    const test::Outcome outcome = test::run("sweep " + sweep + " --quiet --results " + results);
    CHECK((outcome.exit_code == 2 || ending == std::string("-journal")));
    CHECK(test::read_all(precious) == "precious");
  }
}

}  // namespace
}  // namespace wukong::results
