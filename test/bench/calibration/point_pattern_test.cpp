#include "bench/calibration/point_pattern.h"

#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::calibration {
namespace {

PointPattern pattern(const std::string& text) {
  return parse_point_pattern(
      parameters::ParameterTree::make_scalar(
          text, parameters::Origin{parameters::Origin::Kind::file, "c.yaml", 4}),
      "points[0]");
}

TEST_CASE("a glob's * takes any text and its ? one character", "[calibration]") {
  CHECK(matches_glob("wukong*", "wukong"));
  CHECK(matches_glob("wukong*", "wukong-redis1"));
  CHECK_FALSE(matches_glob("wukong", "wukong-redis1"));
  CHECK_FALSE(matches_glob("ukong*", "wukong"));
  CHECK(matches_glob("*ab*ab", "aabxxabab"));
  CHECK_FALSE(matches_glob("*ab*abc", "aabxxabab"));
  CHECK(matches_glob("socc20-1?", "socc20-13"));
  CHECK_FALSE(matches_glob("socc20-1?", "socc20-1"));
  CHECK_FALSE(matches_glob("socc20-1?", "socc20-15r"));
  CHECK(matches_glob("*", ""));
  CHECK_FALSE(matches_glob("", "x"));
}

TEST_CASE("a pattern without x takes every x; x may have spaces", "[calibration]") {
  CHECK(pattern("socc20-13 wukong*").matches({"socc20-13", "wukong-redis1", "5k"}));
  CHECK_FALSE(pattern("socc20-13 wukong*").matches({"socc20-14", "wukong", "5k"}));
  CHECK(pattern("socc20-13 * 5k").matches({"socc20-13", "wukong", "5k"}));
  CHECK_FALSE(pattern("socc20-13 * 5k").matches({"socc20-13", "wukong", "7.5k"}));
  CHECK(pattern("socc20-23 * baseline (ElastiCache)")
            .matches({"socc20-23", "wukong", "baseline (ElastiCache)"}));
}

TEST_CASE("a pattern without a series is refused", "[calibration]") {
  for (const char* text : {"socc20-13", "", " wukong", "socc20-13 "}) {
    INFO(text);
    CHECK(test::error_text([&] {
            pattern(text);
          }).find("c.yaml:4: points[0]: expected \"FIGURE SERIES") == 0);
  }
}

}  // namespace
}  // namespace wukong::calibration
