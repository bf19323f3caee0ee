#include "sim/functions/warm_pool/ranked_set.h"

#include <bit>

#include "sim/base/check.h"

namespace wukong::warm_pool {
namespace {

// The position of the bit of `word` that has `rank` set bits below it.
size_t select_bit(uint64_t word, size_t rank) {
  size_t position = 0;
  for (size_t width = 32; width > 0; width /= 2) {
    const uint64_t low = word & ((uint64_t{1} << width) - 1);
    const auto count = static_cast<size_t>(std::popcount(low));
    if (rank < count) {
      word = low;
    } else {
      rank -= count;
      position += width;
      word >>= width;
    }
  }
  return position;
}

}  // namespace

RankedSet::RankedSet(size_t capacity)
    : words_(std::bit_ceil(capacity / 64 + 1)), tree_(words_.size() + 1) {}

void RankedSet::change(size_t word, int32_t by) {
  for (size_t i = word + 1; i <= words_.size(); i += i & (~i + 1)) tree_[i] += by;
}

void RankedSet::insert(size_t member) {
  ENSURE(member < capacity() && !contains(member), member, capacity());
  words_[member / 64] |= uint64_t{1} << (member % 64);
  change(member / 64, 1);
  ++size_;
}

void RankedSet::erase(size_t member) {
  ENSURE(member < capacity() && contains(member), member, capacity());
  words_[member / 64] &= ~(uint64_t{1} << (member % 64));
  change(member / 64, -1);
  --size_;
}

size_t RankedSet::select(size_t rank) const {
  ENSURE(rank < size_, rank, size_);
  size_t word = 0;
  for (size_t step = words_.size(); step > 0; step /= 2) {
    if (word + step > words_.size()) continue;
    const auto members = static_cast<size_t>(tree_[word + step]);
    if (members > rank) continue;
    rank -= members;
    word += step;
  }
  ENSURE(word < words_.size(), word);
  return 64 * word + select_bit(words_[word], rank);
}

}  // namespace wukong::warm_pool
