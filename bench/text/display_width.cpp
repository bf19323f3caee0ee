#include "bench/text/display_width.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "bench/text/character_ranges.h"
#include "sim/base/check.h"

namespace wukong::text {
namespace {

constexpr std::string_view kOmitted = "...";

struct Character {
  size_t bytes = 1;
  size_t columns = 1;
};

template <size_t Size>
bool is_in(const CharacterRange (&ranges)[Size], uint32_t character) {
  const CharacterRange* const next =
      std::upper_bound(std::begin(ranges), std::end(ranges), character,
                       [](uint32_t c, const CharacterRange& range) { return c < range.first; });
  return next != std::begin(ranges) && character <= std::prev(next)->last;
}

size_t columns_of(uint32_t character) {
  if (character < 0x300) return 1;  // most are: Latin
  if (is_in(kNoColumn, character)) return 0;
  return is_in(kTwoColumns, character) ? 2 : 1;
}

// The character that begins at the text's first byte. REQUIRES: not empty.
Character first_character(std::string_view text) {
  const auto first = static_cast<uint8_t>(text[0]);
  const size_t bytes = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (bytes == 1 || first > 0xf4 || bytes > text.size()) return {};
  uint32_t character = first & (0xffU >> (bytes + 1));
  for (size_t i = 1; i < bytes; ++i) {
    const auto byte = static_cast<uint8_t>(text[i]);
    if ((byte & 0xc0U) != 0x80U) return {};
    character = character << 6U | (byte & 0x3fU);
  }
  return {bytes, columns_of(character)};
}

// Bytes of the longest beginning that takes at most `columns`, with its combining characters.
size_t beginning(std::string_view text, size_t columns) {
  size_t at = 0;
  while (at < text.size()) {
    const Character next = first_character(text.substr(at));
    if (next.columns > columns) break;
    columns -= next.columns;
    at += next.bytes;
  }
  return at;
}

}  // namespace

size_t display_width(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    const Character next = first_character(text);
    width += next.columns;
    text.remove_prefix(next.bytes);
  }
  return width;
}

std::string elide_middle(const std::string& text, size_t width) {
  ENSURE(width > kOmitted.size() + 1, width);
  const size_t whole = display_width(text);
  if (whole <= width) return text;
  const size_t kept = width - kOmitted.size();
  const size_t head = beginning(text, kept - kept / 2);
  // The shortest beginning after which what is left fits; a wide character may leave a column over.
  size_t tail = beginning(text, whole - kept / 2);
  while (display_width(std::string_view(text).substr(tail)) > kept / 2)
    tail += first_character(std::string_view(text).substr(tail)).bytes;
  return text.substr(0, head) + std::string(kOmitted) + text.substr(tail);
}

std::vector<std::string> wrap_words(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  for (bool more = true; more;) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view rest = text.substr(0, end);
    more = end < text.size();
    text.remove_prefix(more ? end + 1 : end);
    std::string line;
    size_t used = 0;
    while (!rest.empty()) {
      const size_t word_begin = std::min(rest.find_first_not_of(' '), rest.size());
      const size_t word_end = std::min(rest.find(' ', word_begin), rest.size());
      const std::string_view word = rest.substr(word_begin, word_end - word_begin);
      const size_t needed = display_width(word);
      if (!line.empty() && used + word_begin + needed > width) {
        lines.push_back(std::move(line));
        line.clear();
        used = 0;
      } else {
        line.append(word_begin, ' ');
        used += word_begin;
      }
      line += word;
      used += needed;
      rest.remove_prefix(word_end);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string wrapped_text(std::string_view text, size_t width, size_t indent) {
  std::string result;
  for (const std::string& line : wrap_words(text, width - std::min(indent, width)))
    result += line.empty() ? "\n" : std::string(indent, ' ') + line + "\n";
  return result;
}

}  // namespace wukong::text
