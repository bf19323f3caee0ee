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

RankedSet::RankedSet(size_t capacity, Counting counting)
    : capacity_(64 * std::bit_ceil(capacity / 64 + 1)) {
  size_t total = 0;
  for (size_t words = capacity_ / 64;; words = (words + 63) / 64) {
    ENSURE(level_count_ < levels_.size());
    levels_[level_count_++] = total;
    total += words;
    if (words == 1) break;
  }
  words_.resize(total);
  if (counting == Counting::yes) tree_.resize(capacity_ / 64 + 1);
}

void RankedSet::change(size_t word, int32_t by) {
  for (size_t i = word + 1; i < tree_.size(); i += i & (~i + 1)) tree_[i] += by;
}

void RankedSet::insert(size_t member) {
  ENSURE(member < capacity() && !contains(member), member, capacity());
  change(member / 64, 1);
  ++size_;
  for (size_t level = 0; level < level_count_; ++level) {
    uint64_t& word = words_[levels_[level] + member / 64];
    const bool was_empty = word == 0;
    word |= uint64_t{1} << (member % 64);
    if (!was_empty) return;
    member /= 64;
  }
}

void RankedSet::erase(size_t member) {
  ENSURE(member < capacity() && contains(member), member, capacity());
  change(member / 64, -1);
  --size_;
  for (size_t level = 0; level < level_count_; ++level) {
    uint64_t& word = words_[levels_[level] + member / 64];
    word &= ~(uint64_t{1} << (member % 64));
    if (word != 0) return;
    member /= 64;
  }
}

size_t RankedSet::first() const {
  ENSURE(size_ > 0);
  size_t index = 0;
  for (size_t level = level_count_; level-- > 0;)
    index = 64 * index + static_cast<size_t>(std::countr_zero(words_[levels_[level] + index]));
  return index;
}

size_t RankedSet::last() const {
  ENSURE(size_ > 0);
  size_t index = 0;
  for (size_t level = level_count_; level-- > 0;)
    index = 64 * index + 63 - static_cast<size_t>(std::countl_zero(words_[levels_[level] + index]));
  return index;
}

size_t RankedSet::select(size_t rank) const {
  ENSURE(rank < size_ && !tree_.empty(), rank, size_);
  const size_t words = capacity_ / 64;
  size_t word = 0;
  for (size_t step = words; step > 0; step /= 2) {
    if (word + step > words) continue;
    const auto members = static_cast<size_t>(tree_[word + step]);
    if (members > rank) continue;
    rank -= members;
    word += step;
  }
  ENSURE(word < words, word);
  return 64 * word + select_bit(words_[word], rank);
}

}  // namespace wukong::warm_pool
