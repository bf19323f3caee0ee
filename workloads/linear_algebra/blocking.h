// A length cut into blocks of one size, of which the last may be smaller.
#pragma once

#include <algorithm>
#include <cstdint>

namespace wukong::linear_algebra {

// REQUIRES: length >= 1 and block >= 1.
struct Blocking {
  int64_t length;
  int64_t block;

  constexpr int64_t count() const { return (length - 1) / block + 1; }
  constexpr int64_t size(int64_t index) const { return std::min(block, length - index * block); }
};

}  // namespace wukong::linear_algebra
