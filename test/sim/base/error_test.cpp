#include "sim/base/error.h"

#include <vector>

#include "test/catch.h"

namespace wukong {
namespace {

TEST_CASE("an error names file, line, key, what was expected and what was found") {
  const Error error({"tsqr.yaml", 7, "workload.rows"}, "a count", "\"many\"");
  CHECK(error.what() ==
        std::string("tsqr.yaml:7: workload.rows: expected a count, found \"many\""));
  CHECK(error.place().file == "tsqr.yaml");
  CHECK(error.place().line == 7);
  CHECK(error.place().key == "workload.rows");
}

TEST_CASE("an error leaves out what it does not know") {
  CHECK(Error({"a.yaml", 0, ""}, "cannot be read").what() == std::string("a.yaml: cannot be read"));
  CHECK(Error({"", 0, "--seed"}, "is missing").what() == std::string("--seed: is missing"));
  CHECK(Error({"", 3, ""}, "nothing known").what() == std::string("nothing known"));
}

TEST_CASE("the edit distance counts insertions, deletions and replacements, in any case") {
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("Wukong", "wuKONG") == 0);
}

TEST_CASE("a misspelt word is answered with the nearest one") {
  const std::vector<std::string> names = {"memory_mb", "time_limit_s", "concurrency"};
  CHECK(did_you_mean("memry_mb", names) == " (did you mean \"memory_mb\"?)");
  CHECK(did_you_mean("time_limit", names) == " (did you mean \"time_limit_s\"?)");
  CHECK(did_you_mean("zebra", names).empty());
  CHECK(did_you_mean("memry", std::vector<std::string>{}).empty());
}

TEST_CASE("a short word is not answered with one that has nothing in common with it") {
  const std::vector<const char*> names = {"a", "bc"};
  CHECK(did_you_mean("x", names).empty());
  CHECK(did_you_mean("xy", names).empty());
  CHECK(did_you_mean("bd", names) == " (did you mean \"bc\"?)");
}

}  // namespace
}  // namespace wukong
