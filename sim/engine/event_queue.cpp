#include "sim/engine/event_queue.h"

#include <algorithm>

namespace wukong::sim {

void EventQueue::cancel(Handle handle) {
  ENSURE(handle.slot < slots_.size());
  Slot& slot = slots_[handle.slot];
  ENSURE(slot.generation == handle.generation && slot.callback != nullptr, handle.slot);
  slot.callback = nullptr;
  ++cancelled_;
  if (cancelled_ > 64 && cancelled_ > heap_.size() / 2) compact();
}

void EventQueue::drop_cancelled() {
  while (slots_[slot_of(heap_[0])].callback == nullptr) {
    free_slot(slot_of(pop_key()));
    --cancelled_;
  }
}

// Keys are unique, so rebuilding the heap cannot change the order in which events surface.
void EventQueue::compact() {
  std::erase_if(heap_, [this](Key key) {
    const bool gone = slots_[slot_of(key)].callback == nullptr;
    if (gone) free_slot(slot_of(key));
    return gone;
  });
  cancelled_ = 0;
  for (size_t i = heap_.size(); i-- > 0;) sift_down(i, heap_[i]);
}

}  // namespace wukong::sim
