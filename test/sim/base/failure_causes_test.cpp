#include "sim/base/failure_causes.h"

#include "test/catch.h"

namespace wukong {
namespace {

std::string after(const std::vector<std::string>& causes) {
  FailureCauses failures;
  for (const std::string& cause : causes) failures.add(cause);
  return failures.text();
}

}  // namespace

TEST_CASE("of failures the first cause and the last are told, with counts") {
  CHECK(after({"it crashed"}) == "it crashed");
  CHECK(after({"it crashed", "it crashed", "it crashed"}) == "it crashed (3 times)");
  CHECK(after({"it crashed", "its handler failed"}) ==
        "first it crashed (once), at last its handler failed (once)");
  CHECK(after({"it crashed", "its handler failed", "its handler failed"}) ==
        "first it crashed (once), at last its handler failed (twice)");
  CHECK(after({"it crashed", "x", "it crashed"}) == "first and last it crashed (twice of 3)");
}

}  // namespace wukong
