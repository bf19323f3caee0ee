// Texts in a terminal: how many columns they take, and how they are made to fit. East Asian
// characters and emoji take two columns, combining characters none; what is no UTF-8 takes a column
// for each byte. A word is never cut into lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wukong::text {

size_t display_width(std::string_view text);

// The text with "..." in place of its middle, so that it takes at most `width` columns: names that
// differ do so at their ends. REQUIRES: width >= 5.
std::string elide_middle(const std::string& text, size_t width);

// Lines of at most `width` columns, broken at blanks; a word that is longer has a line of its own.
// Line breaks of the text stay. No text has one empty line.
std::vector<std::string> wrap_words(std::string_view text, size_t width);

// The text's lines wrapped, each after `indent` blanks, and each with a newline.
std::string wrapped_text(std::string_view text, size_t width, size_t indent = 0);

}  // namespace wukong::text
