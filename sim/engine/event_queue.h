// Pending events in the order (time, sequence number).
//
// A key is the time above the sequence number above the slot that holds the callback. A callback is
// a function pointer and a context, so that an event never allocates. Cancelled events stay in the
// heap until they surface or until they are the majority.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/time.h"
#include "sim/engine/event_handle.h"
#include "sim/engine/key_heap.h"

namespace wukong::engine {

class EventQueue {
 public:
  using Callback = void (*)(void* context);

  struct Event {
    Time time;
    Callback callback;
    void* context;
  };

  bool empty() const { return size() == 0; }
  size_t size() const { return heap_.size() - cancelled_; }

  // REQUIRES: time >= 0, callback != nullptr.
  EventHandle schedule(Time time, Callback callback, void* context);
  // REQUIRES: the event is pending.
  void cancel(EventHandle handle);

  // The earliest pending event's time. REQUIRES: !empty().
  Time next_time() { return time_of(top()); }
  // Removes and returns the earliest pending event. REQUIRES: !empty().
  Event pop();

 private:
  using Key = KeyHeap::Key;
  // Half a cache line, so that an event touches one line of them.
  struct alignas(32) Slot {
    Callback callback = nullptr;  // nullptr: cancelled, or free
    void* context = nullptr;
    uint32_t generation = 0;
    uint32_t next_free = 0;
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

  // The least key that is not cancelled.
  Key top() {
    if (cancelled_ != 0) [[unlikely]]
      drop_cancelled();
    return heap_.top();
  }
  uint32_t take_slot();
  void free_slot(uint32_t slot);
  // Hints to the processor, without effect on results: while an event is handled, the slot of the
  // next one and then what its callback will touch are on their way to the cache.
  void fetch_next_slot() {
    if (heap_.size() < 4) return;
    likely_next_ = slot_of(heap_.next_after_pop());
    __builtin_prefetch(&slots_[likely_next_]);
  }
  void fetch_next_context() const {
    if (slots_.empty()) return;
    const auto context = reinterpret_cast<uintptr_t>(slots_[likely_next_].context);
    __builtin_prefetch(reinterpret_cast<const void*>(context));
    __builtin_prefetch(reinterpret_cast<const void*>(context + 64));
  }
  void drop_cancelled();
  void compact();

  KeyHeap heap_;
  std::vector<Slot> slots_;
  uint64_t next_sequence_ = 0;
  size_t cancelled_ = 0;
  uint32_t likely_next_ = 0;  // the slot of the event that probably comes next
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

inline EventHandle EventQueue::schedule(Time time, Callback callback, void* context) {
  ENSURE(time >= Time::zero() && callback != nullptr, time.count_ns());
  ENSURE(next_sequence_ < kSequenceLimit, next_sequence_);
  fetch_next_context();
  const uint32_t slot = take_slot();
  slots_[slot].callback = callback;
  slots_[slot].context = context;
  heap_.push((static_cast<Key>(static_cast<uint64_t>(time.count_ns())) << 64) |
             (next_sequence_++ << kSlotBits) | slot);
  return EventHandle{slot, slots_[slot].generation};
}

inline EventQueue::Event EventQueue::pop() {
  const Key key = top();
  heap_.pop();
  const uint32_t slot = slot_of(key);
  const Event event{time_of(key), slots_[slot].callback, slots_[slot].context};
  free_slot(slot);
  fetch_next_slot();
  return event;
}

}  // namespace wukong::engine
