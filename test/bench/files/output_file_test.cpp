#include "bench/files/output_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "bench/files/text_file.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::files {
namespace {

// A folder of its own, gone with the test.
struct OutputFolder {
  OutputFolder() { std::filesystem::create_directory(path); }
  ~OutputFolder() { std::filesystem::remove_all(path); }
  std::string file(const std::string& name) const { return (path / name).string(); }
  size_t files() const {
    return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(path), {}));
  }
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("wukong-output-" + std::to_string(::getpid()));
};

TEST_CASE("a file has its name when it is complete, not before", "[bench]") {
  const OutputFolder folder;
  const std::string path = folder.file("x");
  write_text_file(path, "old");
  OutputFile file(path);
  file.write("new, ");
  CHECK(read_text_file(path) == "old");
  file.write("and longer");
  file.close();
  CHECK(read_text_file(path) == "new, and longer");
  CHECK(folder.files() == 1);
}

TEST_CASE("a file that is not closed leaves nothing behind", "[bench]") {
  const OutputFolder folder;
  {
    OutputFile(folder.file("x")).write("half");
  }
  CHECK(folder.files() == 0);
}

TEST_CASE("what cannot be written is said at the end, with the file and the reason", "[bench]") {
  OutputFile file("/dev/full");
  for (int i = 0; i < 1000; ++i) file.write("a line that goes nowhere\n");
  CHECK(test::error_text([&] { file.close(); }) ==
        "/dev/full: cannot be written: No space left on device");
}

TEST_CASE("a file that takes the place of a folder cannot be written", "[bench]") {
  const OutputFolder folder;
  CHECK(test::error_text([&] { OutputFile file(folder.path.string()); }) ==
        folder.path.string() + ": cannot be written: Is a directory");
}

TEST_CASE("a link where the file is written first is neither followed nor removed",
          "[bench][security]") {
  const OutputFolder folder;
  const std::string path = folder.file("x");
  const std::string precious = folder.file("precious");
  write_text_file(precious, "precious");
  const std::string beside = path + "." + std::to_string(::getpid()) + ".part";
  std::filesystem::create_symlink(precious, beside);
  write_text_file(path, "new");
  CHECK(read_text_file(path) == "new");
  CHECK(read_text_file(precious) == "precious");
  CHECK(std::filesystem::is_symlink(beside));
  CHECK(folder.files() == 3);
}

TEST_CASE("a link in the place of the file is replaced, and what it points to stays",
          "[bench][security]") {
  const OutputFolder folder;
  const std::string precious = folder.file("precious");
  write_text_file(precious, "precious");
  std::filesystem::create_symlink(precious, folder.file("x"));
  write_text_file(folder.file("x"), "new");
  CHECK(read_text_file(precious) == "precious");
  CHECK(read_text_file(folder.file("x")) == "new");
}

TEST_CASE("a file that only its owner could read stays so when it is written anew",
          "[bench][security]") {
  const OutputFolder folder;
  const std::string path = folder.file("x");
  write_text_file(path, "old");
  REQUIRE(::chmod(path.c_str(), 0600) == 0);
  write_text_file(path, "new");
  CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::all) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("who ends the program at once removes what is not finished, and nothing else",
          "[bench]") {
  const OutputFolder folder;
  {
    OutputFile finished(folder.file("finished"));
    const OutputFile first(folder.file("first"));
    {
      const OutputFile given_up(folder.file("given-up"));
    }
    const OutputFile last(folder.file("last"));
    finished.close();
    CHECK(folder.files() == 3);
    remove_unfinished_files();
    CHECK(folder.files() == 1);
    CHECK(std::filesystem::exists(folder.file("finished")));
  }
  const OutputFile later(folder.file("later"));
  remove_unfinished_files();
  CHECK(folder.files() == 1);
}

}  // namespace
}  // namespace wukong::files
