// Whether bytes are a text: UTF-8, without control characters but tabs and ends of lines. A parser
// that is given anything else may do anything else (yaml-cpp 0.7 reads the byte 0xff for ever), and
// so may a terminal.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wukong::text {

// Where the first byte stands that does not belong into a text.
std::optional<size_t> find_no_text(std::string_view bytes);

enum class LineBreaks { kept, shown };

// `bytes` for people: what does not belong into a text, or would move a terminal's cursor or change
// its colours, as \x1b; ends of lines as \n if they are to be shown.
std::string visible(std::string_view bytes, LineBreaks breaks);

}  // namespace wukong::text
