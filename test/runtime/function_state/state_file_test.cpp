#include "runtime/function_state/state_file.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "sim/base/error.h"
#include "test/catch.h"

namespace wukong::function_state {
namespace {

struct Path {
  Path()
      : path(std::filesystem::temp_directory_path() /
             ("wukong-state-file-" + std::to_string(getpid()) + ".db")) {
    std::filesystem::remove(path);
  }
  ~Path() { std::filesystem::remove(path); }
  std::filesystem::path path;
};

TEST_CASE("what was put into a state file is there when it is opened again", "[serve]") {
  const Path file;
  const std::string zip("P\0K", 3);
  {
    StateFile state(file.path);
    state.put_function("f", "1");
    state.put_function("f", "2");
    state.put_function("gone", "3");
    state.erase_function("gone");
    state.put_code("a", zip);
    state.put_code("b", "x");
    state.keep_code({"a"});
  }
  StateFile state(file.path);
  CHECK(state.functions() == std::map<std::string, std::string>{{"f", "2"}});
  CHECK(state.code("a") == zip);
  CHECK_FALSE(state.code("b"));
}

TEST_CASE("a state file has one server", "[serve]") {
  const Path file;
  const StateFile state(file.path);
  CHECK_THROWS_AS(StateFile(file.path), Error);
}

TEST_CASE("another kind of file is no state file, and stays as it is", "[serve]") {
  const Path file;
  std::ofstream(file.path) << "a text that is long enough to be no header of a database at all, "
                              "and then some more of it so that a page could be read from here";
  CHECK_THROWS_AS(StateFile(file.path), Error);
  std::ifstream again(file.path);
  std::string word;
  again >> word;
  CHECK(word == "a");
}

}  // namespace
}  // namespace wukong::function_state
