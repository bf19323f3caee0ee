#include "bench/text/output_file.h"

#include <unistd.h>

#include <filesystem>
#include <string>

#include "bench/text/text_file.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::bench {
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
  CHECK(error_text([&] { file.close(); }) ==
        "/dev/full: cannot be written: No space left on device");
}

TEST_CASE("a file that takes the place of a folder cannot be written", "[bench]") {
  const OutputFolder folder;
  CHECK(error_text([&] { OutputFile file(folder.path.string()); }) ==
        folder.path.string() + ": cannot be written: Is a directory");
}

}  // namespace
}  // namespace wukong::bench
