#include "bench/text/display_width.h"

#include "test/catch.h"

namespace wukong::text {
namespace {

TEST_CASE("a character takes the columns that a terminal gives it", "[bench]") {
  CHECK(display_width("") == 0);
  CHECK(display_width("time, 12.3 s") == 12);
  CHECK(display_width("caf\u00e9") == 4);
  CHECK(display_width("cafe\u0301") == 4);          // an accent that combines
  CHECK(display_width("\u6771\u4eac") == 4);        // Han
  CHECK(display_width("\u30c6\u30b9\u30c8") == 6);  // Katakana
  CHECK(display_width("\ud55c\uae00") == 4);        // Hangul, composed
  CHECK(display_width("\u1112\u1161\u11ab") == 2);  // one syllable of Hangul in three letters
  CHECK(display_width("\U0001f680") == 2);          // a rocket
  CHECK(display_width("\uff21") == 2);              // a full-width letter
  CHECK(display_width("\uff71") == 1);              // a half-width one
  CHECK(display_width("a\u200bb") == 2);            // a space of no width
  CHECK(display_width("\u0e17\u0e35\u0e48") == 1);  // Thai, with two marks above
  CHECK(display_width("\U00020000") == 2);          // Han, beyond the basic plane
}

TEST_CASE("what is no UTF-8 takes a column for each byte", "[bench]") {
  CHECK(display_width("\xff\xfe") == 2);
  CHECK(display_width("a\xe6\x9d") == 3);  // a character that is cut off
  CHECK(display_width("\xc3(") == 2);
}

TEST_CASE("a long name keeps both of its ends", "[bench]") {
  CHECK(elide_middle("short", 5) == "short");
  CHECK(elide_middle("wukong-with-clustering", 11) == "wuko...ring");
  CHECK(elide_middle("wukong-with-clustering", 10) == "wuko...ing");
  const std::string wide = elide_middle("\u6771\u4eac\u6771\u4eac\u6771\u4eac", 8);
  CHECK(wide == "\u6771...\u4eac");  // half of a character is none
  CHECK(display_width(wide) <= 8);
}

TEST_CASE("lines are broken between words, and a word never", "[bench]") {
  CHECK(wrap_words("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrap_words("a wonderfully b", 6) == std::vector<std::string>{"a", "wonderfully", "b"});
  CHECK(wrap_words("one\n\n  two three", 7) ==
        std::vector<std::string>{"one", "", "  two", "three"});
  CHECK(wrap_words("", 7) == std::vector<std::string>{""});
  CHECK(wrapped_text("one two", 5, 2) == "  one\n  two\n");
}

}  // namespace
}  // namespace wukong::text
