#include "sim/engine/event_queue.h"

namespace wukong::engine {

void EventQueue::cancel(EventHandle handle) {
  ENSURE(handle.slot < slots_.size(), handle.slot);
  Slot& slot = slots_[handle.slot];
  ENSURE(slot.generation == handle.generation && slot.callback != nullptr, handle.slot);
  slot.callback = nullptr;
  ++cancelled_;
  if (cancelled_ > 64 && cancelled_ > heap_.size() / 2) compact();
}

void EventQueue::drop_cancelled() {
  while (!heap_.empty() && slots_[slot_of(heap_.top())].callback == nullptr) {
    free_slot(slot_of(heap_.pop()));
    --cancelled_;
  }
}

// Keys are unique, so rebuilding the heap cannot change the order in which events surface.
void EventQueue::compact() {
  heap_.erase_if([this](Key key) {
    const bool gone = slots_[slot_of(key)].callback == nullptr;
    if (gone) free_slot(slot_of(key));
    return gone;
  });
  cancelled_ = 0;
}

}  // namespace wukong::engine
