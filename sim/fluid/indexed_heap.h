// A binary min-heap of (key, id) whose entries can be moved and removed. Every change of an entry's
// position is told to `place(id, position)`, so that the owner keeps positions where it has room
// for them. Equal keys are ordered by id, so that the order never depends on history.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/check.h"

namespace wukong::fluid {

template <class Key>
class IndexedHeap {
 public:
  struct Entry {
    Key key;
    uint32_t id;
    // Without a branch, which the processor could not predict.
    bool operator<(const Entry& other) const {
      return bool(int(key < other.key) | (int(key == other.key) & int(id < other.id)));
    }
  };

  bool empty() const { return entries_.empty(); }
  size_t size() const { return entries_.size(); }
  const Entry& top() const { return entries_.front(); }
  const std::vector<Entry>& entries() const { return entries_; }

  template <class Place>
  void push(Entry entry, Place place) {
    entries_.push_back(entry);
    sift_up(entries_.size() - 1, entry, place);
  }

  // REQUIRES: an entry is at `position`.
  template <class Place>
  void erase(size_t position, Place place) {
    ENSURE(position < entries_.size(), position);
    const Entry last = entries_.back();
    entries_.pop_back();
    if (position < entries_.size()) settle(position, last, place);
  }

  template <class Place>
  void update(size_t position, Key key, Place place) {
    ENSURE(position < entries_.size(), position);
    settle(position, Entry{key, entries_[position].id}, place);
  }

  // Subtracts `amount` from all keys, which keeps their order.
  void lower_keys(Key amount) {
    for (Entry& entry : entries_) entry.key -= amount;
  }

 private:
  template <class Place>
  void settle(size_t position, Entry entry, Place place) {
    if (position > 0 && entry < entries_[(position - 1) / 2])
      sift_up(position, entry, place);
    else
      sift_down(position, entry, place);
  }

  template <class Place>
  void sift_up(size_t position, Entry entry, Place place) {
    while (position > 0) {
      const size_t parent = (position - 1) / 2;
      if (!(entry < entries_[parent])) break;
      put(position, entries_[parent], place);
      position = parent;
    }
    put(position, entry, place);
  }

  template <class Place>
  void sift_down(size_t position, Entry entry, Place place) {
    const size_t size = entries_.size();
    size_t child = 2 * position + 1;
    while (child < size) {
      const size_t sibling = child + 1 < size ? child + 1 : child;
      child += static_cast<size_t>(entries_[sibling] < entries_[child]);
      if (!(entries_[child] < entry)) break;
      put(position, entries_[child], place);
      position = child;
      child = 2 * position + 1;
    }
    put(position, entry, place);
  }

  template <class Place>
  void put(size_t position, Entry entry, Place place) {
    entries_[position] = entry;
    place(entry.id, static_cast<uint32_t>(position));
  }

  std::vector<Entry> entries_;
};

}  // namespace wukong::fluid
