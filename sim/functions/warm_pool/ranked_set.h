// A set of small integers that can be asked for its smallest and its largest member, and for its
// n-th smallest if it counts. A bit for each in words; a bit for each word that is not empty, in
// words again, up to a single one: so the ends are found in log64(capacity) steps. Who counts also
// keeps a binary indexed tree (Fenwick 1994) of the words' populations, for log2(capacity / 64)
// steps in each operation.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wukong::warm_pool {

enum class Counting : bool { no, yes };

class RankedSet {
 public:
  // Members are below `capacity`.
  explicit RankedSet(size_t capacity, Counting counting = Counting::yes);

  size_t capacity() const { return capacity_; }
  size_t size() const { return size_; }
  bool contains(size_t member) const { return (words_[member / 64] >> (member % 64)) & 1; }

  // REQUIRES: member < capacity(), not contained.
  void insert(size_t member);
  // REQUIRES: contained.
  void erase(size_t member);
  // REQUIRES: size() > 0.
  size_t first() const;
  size_t last() const;
  // The member that has `rank` smaller ones. REQUIRES: it counts, rank < size().
  size_t select(size_t rank) const;

 private:
  void change(size_t word, int32_t by);

  size_t capacity_;
  std::array<size_t, 7> levels_{};  // where in words_ each begins; [0] are the members
  size_t level_count_ = 0;
  std::vector<uint64_t> words_;
  std::vector<int32_t> tree_;  // from 1; tree_[i]: members in the words (i - lowest bit of i, i]
  size_t size_ = 0;
};

}  // namespace wukong::warm_pool
