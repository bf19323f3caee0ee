#include "bench/text/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace wukong::text {
namespace {

// The bytes of a character by its first one; 0: no character begins so.
size_t length_of(uint8_t first) {
  if (first < 0x80) return first >= 0x20 && first != 0x7f ? 1 : 0;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  if (first >= 0xf0 && first <= 0xf4) return 4;
  return 0;
}

// The least and the most that the second byte may be: no character in more bytes than it needs, no
// surrogate, none above U+10FFFF.
bool may_follow(uint8_t first, uint8_t second) {
  const uint8_t least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const uint8_t most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  return second >= least && second <= most;
}

}  // namespace

std::optional<size_t> find_no_text(std::string_view bytes) {
  const auto byte = [&](size_t at) { return static_cast<uint8_t>(bytes[at]); };
  for (size_t at = 0; at < bytes.size();) {
    if (bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t') {
      ++at;
      continue;
    }
    const size_t length = length_of(byte(at));
    if (length == 0 || length > bytes.size() - at) return at;
    if (length > 1 && !may_follow(byte(at), byte(at + 1))) return at;
    for (size_t i = 2; i < length; ++i)
      if ((byte(at + i) & 0xc0) != 0x80) return at;
    at += length;
  }
  return std::nullopt;
}

std::string visible(std::string_view bytes, LineBreaks breaks) {
  std::string shown;
  const auto show_byte = [&](size_t at) {
    shown += fmt::format("\\x{:02x}", static_cast<uint8_t>(bytes[at]));
  };
  const auto is_text = [&](size_t at, size_t length) {
    return at + length <= bytes.size() && !find_no_text(bytes.substr(at, length));
  };
  for (size_t at = 0; at < bytes.size();) {
    const auto byte = static_cast<uint8_t>(bytes[at]);
    const size_t length = std::max<size_t>(length_of(byte), 1);
    // Control characters too, in two bytes: U+0080 to U+009F.
    const bool second_controls =
        byte == 0xc2 && at + 1 < bytes.size() && static_cast<uint8_t>(bytes[at + 1]) < 0xa0;
    if (byte == '\n' && breaks == LineBreaks::shown) {
      shown += "\\n";
    } else if (byte == '\r') {
      shown += "\\r";
    } else if (second_controls || !is_text(at, length)) {
      show_byte(at);
      at += 1;
      continue;
    } else {
      shown += bytes.substr(at, length);
    }
    at += byte < 0x80 ? 1 : length;
  }
  return shown;
}

}  // namespace wukong::text
