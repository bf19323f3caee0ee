#include "test/support/golden.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "test/support/test_data.h"

namespace wukong::test {
namespace {

std::string first_difference(const std::string& expected, const std::string& actual) {
  std::istringstream expected_lines(expected), actual_lines(actual);
  for (int number = 1;; ++number) {
    std::string before, now;
    const bool more_before = static_cast<bool>(std::getline(expected_lines, before));
    const bool more_now = static_cast<bool>(std::getline(actual_lines, now));
    if (!more_before && !more_now) return "only the ends of the last lines differ";
    if (more_before == more_now && before == now) continue;
    return "line " + std::to_string(number) +
           "\n  expected: " + (more_before ? before : "the end") +
           "\n  found:    " + (more_now ? now : "the end");
  }
}

}  // namespace

std::string golden_difference(const std::string& file, const std::string& text) {
  const std::filesystem::path path = source_folder() / "test" / file;
  const char* const update = std::getenv("UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return "there is no test/" + file + "; ./dev golden writes it";
  std::ostringstream expected;
  expected << stream.rdbuf();
  if (expected.str() == text) return "";
  return "test/" + file + ", " + first_difference(expected.str(), text);
}

}  // namespace wukong::test
