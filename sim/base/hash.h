// 64-bit mixing, the same on every machine: for trace hashes and for seeds of random streams.
#pragma once

#include <cstdint>
#include <string_view>

namespace wukong {

// The finaliser of SplitMix64 (Steele, Lea, Flood: OOPSLA'14): a bijection that spreads every bit.
constexpr uint64_t mix64(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

// FNV-1a.
constexpr uint64_t hash_text(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325ull;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  return hash;
}

}  // namespace wukong
