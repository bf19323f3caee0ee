// Pending events in the order (time, sequence number).
//
// A 4-ary heap of 128-bit keys: the time above the sequence number above the slot that holds the
// callback. One wide integer makes a comparison branch-free, and four children fill a cache line;
// measured against std::priority_queue in bench/perf. A callback is a function pointer and a
// context, so that an event never allocates. Cancelled events stay in the heap until they surface
// or until they are the majority.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/time.h"
#include "sim/base/wide.h"

namespace wukong::sim {

class EventQueue {
 public:
  using Callback = void (*)(void* context);

  // Names a pending event; stale as soon as it has fired or was cancelled.
  struct Handle {
    uint32_t slot = 0;
    uint32_t generation = 0;
  };

  struct Event {
    Time time;
    Callback callback;
    void* context;
  };

  bool empty() const { return heap_.size() == cancelled_; }
  size_t size() const { return heap_.size() - cancelled_; }

  Handle schedule(Time time, Callback callback, void* context);
  // REQUIRES: the event is pending.
  void cancel(Handle handle);

  // The earliest pending event's time. REQUIRES: !empty().
  Time next_time() {
    if (cancelled_ != 0) drop_cancelled();
    return time_of(heap_[0]);
  }
  // Removes and returns the earliest pending event. REQUIRES: !empty().
  Event pop();

 private:
  using Key = Uint128;
  struct Slot {
    Callback callback;  // nullptr: cancelled, or free
    union {
      void* context;
      uint32_t next_free;
    };
    uint32_t generation = 0;
  };

  static constexpr int kSlotBits = 26;
  static constexpr uint64_t kSequenceLimit = uint64_t{1} << (64 - kSlotBits);
  static constexpr uint32_t kNoSlot = 0xffffffff;

  static Time time_of(Key key) {
    return Time::at(Duration::nanoseconds(static_cast<int64_t>(key >> 64)));
  }
  static uint32_t slot_of(Key key) {
    return static_cast<uint32_t>(key) & ((uint32_t{1} << kSlotBits) - 1);
  }

  uint32_t take_slot();
  void free_slot(uint32_t slot);
  void push_key(Key key);
  Key pop_key();
  void sift_down(size_t position, Key key);
  void drop_cancelled();
  void compact();

  std::vector<Key> heap_;
  std::vector<Slot> slots_;
  uint64_t next_sequence_ = 0;
  size_t cancelled_ = 0;
  uint32_t first_free_ = kNoSlot;
};

inline uint32_t EventQueue::take_slot() {
  if (first_free_ != kNoSlot) {
    const uint32_t slot = first_free_;
    first_free_ = slots_[slot].next_free;
    return slot;
  }
  ENSURE(slots_.size() < (size_t{1} << kSlotBits) && "too many pending events");
  slots_.emplace_back();
  return static_cast<uint32_t>(slots_.size() - 1);
}

inline void EventQueue::free_slot(uint32_t slot) {
  slots_[slot].callback = nullptr;
  slots_[slot].next_free = first_free_;
  ++slots_[slot].generation;
  first_free_ = slot;
}

inline void EventQueue::push_key(Key key) {
  heap_.push_back(key);
  size_t position = heap_.size() - 1;
  while (position > 0) {
    const size_t parent = (position - 1) / 4;
    if (heap_[parent] < key) break;
    heap_[position] = heap_[parent];
    position = parent;
  }
  heap_[position] = key;
}

inline void EventQueue::sift_down(size_t position, Key key) {
  Key* const heap = heap_.data();
  const size_t size = heap_.size();
  while (true) {
    const size_t first = 4 * position + 1;
    size_t least = first;
    if (first + 4 <= size) {
      // Two independent comparisons, then one: selects, not branches.
      const size_t left = first + (heap[first + 1] < heap[first] ? 1 : 0);
      const size_t right = first + 2 + (heap[first + 3] < heap[first + 2] ? 1 : 0);
      least = heap[right] < heap[left] ? right : left;
    } else if (first < size) {
      for (size_t child = first + 1; child < size; ++child)
        if (heap[child] < heap[least]) least = child;
    } else {
      break;
    }
    if (key < heap[least]) break;
    heap[position] = heap[least];
    position = least;
  }
  heap[position] = key;
}

inline EventQueue::Key EventQueue::pop_key() {
  const Key top = heap_[0];
  const Key last = heap_.back();
  heap_.pop_back();
  if (!heap_.empty()) sift_down(0, last);
  return top;
}

inline EventQueue::Handle EventQueue::schedule(Time time, Callback callback, void* context) {
  ENSURE(time >= Time::zero() && next_sequence_ < kSequenceLimit, time.count_ns(), next_sequence_);
  const uint32_t slot = take_slot();
  slots_[slot].callback = callback;
  slots_[slot].context = context;
  push_key((static_cast<Key>(static_cast<uint64_t>(time.count_ns())) << 64) |
           (next_sequence_++ << kSlotBits) | slot);
  return Handle{slot, slots_[slot].generation};
}

inline EventQueue::Event EventQueue::pop() {
  if (cancelled_ != 0) drop_cancelled();
  const Key key = pop_key();
  const uint32_t slot = slot_of(key);
  const Event event{time_of(key), slots_[slot].callback, slots_[slot].context};
  free_slot(slot);
  return event;
}

}  // namespace wukong::sim
