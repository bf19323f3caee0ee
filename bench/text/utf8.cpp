#include "bench/text/utf8.h"

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

}  // namespace wukong::text
