#include "bench/reproduction/progress_bar.h"

#include "test/catch.h"

namespace wukong::bench {
namespace {

TEST_CASE("a bar is as long as its fraction", "[reproduction]") {
  CHECK(bar_text(0, 4) == "....");
  CHECK(bar_text(0.5, 4) == "##..");
  CHECK(bar_text(1, 4) == "####");
  CHECK(bar_text(1.1, 4) == "####");
}

TEST_CASE("the time left is in minutes and seconds, rounded up", "[reproduction]") {
  CHECK(time_left_text(0) == "0 s");
  CHECK(time_left_text(11.2) == "12 s");
  CHECK(time_left_text(59.5) == "1 min 00 s");
  CHECK(time_left_text(65) == "1 min 05 s");
}

}  // namespace
}  // namespace wukong::bench
