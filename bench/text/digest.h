// A digest of texts, for telling documents and runs apart: 128 bits from two hashes of different
// kinds, so that a million of them do not collide by chance. Not against an adversary. The same on
// every machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wukong::text {

class Digest {
 public:
  // The length goes in too: ("ab", "c") is not ("a", "bc").
  Digest& add(std::string_view text);
  Digest& add(uint64_t number);
  // 32 hexadecimal digits.
  std::string text() const;

 private:
  uint64_t first_ = 0xcbf29ce484222325ull;
  uint64_t second_ = 0x9e3779b97f4a7c15ull;
};

}  // namespace wukong::text
