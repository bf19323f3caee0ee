// A command as a text and as its words: `python3 step.py 'two words'`. Words are separated by
// spaces; quotes keep spaces, and a backslash keeps the next character. There are no variables, and
// no shell.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wukong::processes {

using Words = std::vector<std::string>;

// Nothing if a quote is not closed.
std::optional<Words> split_words(std::string_view text);
// A text that split_words() makes these words of.
std::string join_words(std::span<const std::string> words);

}  // namespace wukong::processes
