#include "bench/text/status_line.h"

#include "test/catch.h"

namespace wukong::text {
namespace {

TEST_CASE("a line that is too long loses whole fields, never half of a number", "[bench]") {
  const std::string line = "wukong  12.5 s  tasks 17/63  read 1.25 MB";
  CHECK(fitting_fields(line, line.size()) == line);
  CHECK(fitting_fields(line, line.size() - 1) == "wukong  12.5 s  tasks 17/63");
  CHECK(fitting_fields(line, 20) == "wukong  12.5 s");
  CHECK(fitting_fields(line, 6) == "wukong");
  CHECK(fitting_fields(line, 5).empty());
  CHECK(fitting_fields("\u00e4\u00f6\u00fc  1", 6) == "\u00e4\u00f6\u00fc  1");
}

}  // namespace
}  // namespace wukong::text
