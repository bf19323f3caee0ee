#include "bench/text/digest.h"

#include <fmt/format.h>

#include "sim/base/hash.h"

namespace wukong::text {

Digest& Digest::add(std::string_view text) {
  for (const char c : text) first_ = (first_ ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  // Eight bytes at a time, put together by arithmetic so that the byte order does not matter.
  for (size_t begin = 0; begin < text.size(); begin += 8) {
    uint64_t word = 0;
    for (const char c : text.substr(begin, 8)) word = (word << 8) | static_cast<unsigned char>(c);
    second_ = mix64(second_ ^ word) + 0x9e3779b97f4a7c15ull;
  }
  return add(text.size());
}

Digest& Digest::add(uint64_t number) {
  first_ = mix64(first_ ^ number) * 0x100000001b3ull;
  second_ = mix64(second_ ^ mix64(number)) + 0x9e3779b97f4a7c15ull;
  return *this;
}

std::string Digest::text() const { return fmt::format("{:016x}{:016x}", mix64(first_), second_); }

}  // namespace wukong::text
