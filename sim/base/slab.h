// Objects of one type that come and go, at addresses that do not change. A freed place is used
// again before new memory is taken, so nothing is allocated once the largest number has been
// reached. The slab owns its objects and destroys those that are left.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "sim/base/check.h"

namespace wukong {

template <class T>
class Slab {
 public:
  Slab() = default;
  Slab(const Slab&) = delete;
  Slab& operator=(const Slab&) = delete;
  ~Slab() {
    for (const auto& chunk : chunks_)
      for (size_t i = 0; i < kChunk; ++i)
        if (chunk[i].next_free == &chunk[i]) chunk[i].object()->~T();
  }

  template <class... Args>
  T& take(Args&&... args) {
    if (first_free_ == nullptr) grow();
    Slot* const slot = first_free_;
    T* const object = ::new (slot->storage) T(std::forward<Args>(args)...);
    first_free_ = std::exchange(slot->next_free, slot);
    ++used_;
    return *object;
  }

  // REQUIRES: the object came from take() of this slab.
  void give_back(T& object) {
    Slot* const slot = reinterpret_cast<Slot*>(&object);
    ENSURE(slot->next_free == slot && "an object is given back once");
    object.~T();
    slot->next_free = std::exchange(first_free_, slot);
    --used_;
  }

  size_t used() const { return used_; }

 private:
  struct Slot {
    T* object() { return std::launder(reinterpret_cast<T*>(storage)); }
    alignas(T) std::byte storage[sizeof(T)];  // first, so that the object's address is the slot's
    Slot* next_free;                          // the slot itself while it is in use
  };
  static constexpr size_t kChunk = 256;

  void grow() {
    chunks_.push_back(std::make_unique_for_overwrite<Slot[]>(kChunk));
    Slot* const chunk = chunks_.back().get();
    for (size_t i = kChunk; i-- > 0;) chunk[i].next_free = std::exchange(first_free_, &chunk[i]);
  }

  std::vector<std::unique_ptr<Slot[]>> chunks_;
  Slot* first_free_ = nullptr;
  size_t used_ = 0;
};

}  // namespace wukong
