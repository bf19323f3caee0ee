// A set of small integers that can be asked for its n-th smallest member. Bits in words, and a
// binary indexed tree (Fenwick 1994) of the words' populations: each operation takes
// log2(capacity / 64) steps in an array that mostly fits into the first cache.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wukong::warm_pool {

class RankedSet {
 public:
  // Members are below `capacity`.
  explicit RankedSet(size_t capacity);

  size_t capacity() const { return 64 * words_.size(); }
  size_t size() const { return size_; }
  bool contains(size_t member) const { return (words_[member / 64] >> (member % 64)) & 1; }

  // REQUIRES: member < capacity(), not contained.
  void insert(size_t member);
  // REQUIRES: contained.
  void erase(size_t member);
  // The member that has `rank` smaller ones. REQUIRES: rank < size().
  size_t select(size_t rank) const;

 private:
  void change(size_t word, int32_t by);

  std::vector<uint64_t> words_;  // their number is a power of two
  std::vector<int32_t> tree_;    // from 1; tree_[i]: members in the words (i - lowest bit of i, i]
  size_t size_ = 0;
};

}  // namespace wukong::warm_pool
