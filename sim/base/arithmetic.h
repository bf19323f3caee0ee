// Integer arithmetic that never wraps. Quantities are counted in 64 bits; what does not fit is
// refused, whether it comes from a sum, a product or a double: a parameter within its bounds can
// still be multiplied beyond any count, and a wrapped one would be taken for a result.
//
// Products of two 64-bit integers have 128 bits. Both compilers have them; the standard does not,
// hence __extension__.
#pragma once

#include <cstdint>

namespace wukong {

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

// What a count stands for, in the words of the error: "less than 2^63 ns (292 years)".
struct CountLimit {
  const char* words;
};

// Throws LimitError.
[[noreturn, gnu::cold, gnu::noinline]] void refuse_count(CountLimit limit);

constexpr int64_t sum_of(int64_t a, int64_t b, CountLimit limit) {
  int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) [[unlikely]]
    refuse_count(limit);
  return sum;
}

constexpr int64_t difference_of(int64_t a, int64_t b, CountLimit limit) {
  int64_t difference = 0;
  if (__builtin_sub_overflow(a, b, &difference)) [[unlikely]]
    refuse_count(limit);
  return difference;
}

constexpr int64_t product_of(int64_t a, int64_t b, CountLimit limit) {
  int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) [[unlikely]]
    refuse_count(limit);
  return product;
}

constexpr int64_t narrowed(Int128 wide, CountLimit limit) {
  const auto narrow = static_cast<int64_t>(wide);
  if (narrow != wide) [[unlikely]]
    refuse_count(limit);
  return narrow;
}

// Without its fraction. Not a number is no count.
constexpr int64_t truncated(double value, CountLimit limit) {
  constexpr double kMost = 9223372036854774784.0;  // the last double below 2^63
  if (!(value >= -kMost && value <= kMost)) [[unlikely]]
    refuse_count(limit);
  return static_cast<int64_t>(value);
}

// To the nearest integer, halves away from zero.
constexpr int64_t rounded(double value, CountLimit limit) {
  return truncated(value + (value < 0 ? -0.5 : 0.5), limit);
}

}  // namespace wukong
