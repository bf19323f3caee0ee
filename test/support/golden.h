// Texts that a test expects and that the program can write itself: with UPDATE_GOLDEN=1 in the
// environment (./dev golden) a test writes them anew instead of comparing.
#pragma once

#include <string>

namespace wukong::test {

// `file` is below test/. Empty if `text` is what it holds, or was written to it; otherwise the
// first line that differs, as expected and as it is.
std::string golden_difference(const std::string& file, const std::string& text);

}  // namespace wukong::test
