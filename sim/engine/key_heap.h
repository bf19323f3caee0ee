// A 4-ary heap of 128-bit keys, the least on top. One wide integer makes a comparison branch-free;
// four siblings fill one cache line exactly, because the root lies at index 3 of an aligned array.
//
// A key that is pushed right after the top was popped goes in at the top, and sinks from there
// once: an event that schedules its successor, which is what nearly all do, costs one pass and not
// two. It is held back until it is known whether a second one is pushed, too. Then the smaller goes
// in at the top and the larger at the bottom, where each is likely to stay: so an arrival that
// schedules its end and the next arrival costs little more.
#pragma once

#include <algorithm>
#include <vector>

#include "sim/base/arithmetic.h"
#include "sim/base/check.h"
#include "sim/engine/aligned_allocator.h"

namespace wukong::engine {

class KeyHeap {
 public:
  using Key = Uint128;

  size_t size() const { return keys_.size() - kRoot - (hole_ ? 1 : 0) + (held_ ? 1 : 0); }
  bool empty() const { return size() == 0; }

  // The least key. REQUIRES: !empty().
  Key top() {
    fill_hole();
    ENSURE(keys_.size() > kRoot);
    return keys_[kRoot];
  }
  // Removes and returns the least key. REQUIRES: !empty().
  Key pop() {
    const Key key = top();
    hole_ = true;
    return key;
  }
  // After a pop: the key that comes next unless a smaller one is pushed. REQUIRES: size() >= 4.
  Key next_after_pop() const { return keys_[least_of_four(kRoot + 1)]; }
  void push(Key key) {
    if (!hole_) return append(key);
    if (!held_) {
      held_ = true;
      held_key_ = key;
      return;
    }
    hole_ = held_ = false;
    sink(kRoot, std::min(key, held_key_));
    append(std::max(key, held_key_));
  }
  // Removes all keys for which `gone(key)` holds; asks once for each.
  template <class Predicate>
  void erase_if(Predicate gone) {
    fill_hole();
    size_t kept = kRoot;
    for (size_t i = kRoot; i < keys_.size(); ++i)
      if (!gone(keys_[i])) keys_[kept++] = keys_[i];
    keys_.resize(kept);
    for (size_t i = kept; i-- > kRoot;) sink(i, keys_[i]);
  }

 private:
  static constexpr size_t kRoot = 3;

  static size_t parent_of(size_t position) { return position / 4 + 2; }
  static size_t first_child_of(size_t position) { return 4 * position - 8; }

  // Two independent comparisons, then one: selects, not branches.
  size_t least_of_four(size_t first) const {
    const Key* const keys = keys_.data();
    const size_t left = first + (keys[first + 1] < keys[first] ? 1 : 0);
    const size_t right = first + 2 + (keys[first + 3] < keys[first + 2] ? 1 : 0);
    return keys[right] < keys[left] ? right : left;
  }
  void append(Key key) {
    keys_.push_back(key);
    rise(keys_.size() - 1, key);
  }
  void fill_hole() {
    if (!hole_) return;
    hole_ = false;
    if (held_) {
      held_ = false;
      sink(kRoot, held_key_);
      return;
    }
    const Key last = keys_.back();
    keys_.pop_back();
    if (keys_.size() > kRoot) sink(kRoot, last);
  }
  void rise(size_t position, Key key);
  void sink(size_t position, Key key);

  std::vector<Key, AlignedAllocator<Key, 64>> keys_ = decltype(keys_)(kRoot);
  bool hole_ = false;  // the root was taken out, and nothing has been put there yet
  bool held_ = false;  // a key waits for the hole, or for the bottom if a smaller one comes
  Key held_key_ = 0;
};

inline void KeyHeap::rise(size_t position, Key key) {
  while (position > kRoot) {
    const size_t parent = parent_of(position);
    if (keys_[parent] < key) break;
    keys_[position] = keys_[parent];
    position = parent;
  }
  keys_[position] = key;
}

inline void KeyHeap::sink(size_t position, Key key) {
  Key* const keys = keys_.data();
  const size_t size = keys_.size();
  while (true) {
    const size_t first = first_child_of(position);
    size_t least = first;
    if (first + 4 <= size) [[likely]] {
      // All grandchildren are one block of four lines: fetch them while the children are compared.
      const Key* const grandchildren = keys + first_child_of(first);
      for (int line = 0; line < 4; ++line) __builtin_prefetch(grandchildren + 4 * line);
      least = least_of_four(first);
    } else if (first < size) {
      for (size_t child = first + 1; child < size; ++child)
        if (keys[child] < keys[least]) least = child;
    } else {
      break;
    }
    if (key < keys[least]) break;
    keys[position] = keys[least];
    position = least;
  }
  keys[position] = key;
}

}  // namespace wukong::engine
