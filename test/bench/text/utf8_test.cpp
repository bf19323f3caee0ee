#include "bench/text/utf8.h"

#include <string>

#include "bench/parameters/parameter_yaml.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::text {
namespace {

TEST_CASE("text is UTF-8 without control characters", "[bench]") {
  for (const char* text : {"", "a\tb\r\n", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
                           "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf", "\xc2\x85", "\xef\xbb\xbfx"})
    CHECK_FALSE(find_no_text(text).has_value());
  // A stray byte, a cut character, one in too many bytes, a surrogate, one above the last.
  for (const char* bytes :
       {"ab\xff", "ab\x80", "ab\xc3", "ab\xe2\x82", "ab\xc0\x80", "ab\xe0\x80\x80",
        "ab\xed\xa0\x80", "ab\xf4\x90\x80\x80", "ab\xe2\x28\xa1", "ab\x04", "ab\x1b[31m", "ab\x7f"})
    CHECK(find_no_text(bytes) == 2u);
  CHECK(find_no_text(std::string("ab\0c", 4)) == 2u);
}

TEST_CASE("a file that is not text is an error at its line", "[bench]") {
  const parameters::Origin origin{parameters::Origin::Kind::file, "x.yaml", 0};
  CHECK(test::error_text([&] { parameters::parse_yaml("a: 1\nb: p\xff\xff\n", origin); }) ==
        "x.yaml:2: expected text in UTF-8, found the byte 0xff");
  CHECK(test::error_text([] { parameters::parse_flag_value("\x04", "--set x"); }) ==
        "--set x: expected text in UTF-8, found the byte 0x04");
}

TEST_CASE("what would move a terminal's cursor is shown, and text stays as it is", "[utf8]") {
  using enum LineBreaks;
  CHECK(visible("a\x1b[31mb", kept) == "a\\x1b[31mb");
  CHECK(visible(std::string_view("\0\x7f\r", 3), kept) == "\\x00\\x7f\\r");
  CHECK(visible("\xc2\x9b\x33\x31m", kept) == "\\xc2\\x9b31m");  // CSI in one character
  CHECK(visible("\xff\xe2\x82", kept) == "\\xff\\xe2\\x82");
  CHECK(visible("one\ntwo\t\xc2\xb5s \xe2\x82\xac", kept) == "one\ntwo\t\xc2\xb5s \xe2\x82\xac");
  CHECK(visible("one\ntwo", shown) == "one\\ntwo");
}

}  // namespace
}  // namespace wukong::text
