// An allocator whose blocks begin on a multiple of `Alignment` bytes, e.g. on a cache line.
#pragma once

#include <cstddef>
#include <new>

namespace wukong::engine {

template <class T, size_t Alignment>
struct AlignedAllocator {
  using value_type = T;
  template <class Other>
  struct rebind {
    using other = AlignedAllocator<Other, Alignment>;
  };

  AlignedAllocator() = default;
  template <class Other>
  AlignedAllocator(const AlignedAllocator<Other, Alignment>&) {}

  T* allocate(size_t count) {
    return static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t(Alignment)));
  }
  void deallocate(T* block, size_t) noexcept {
    ::operator delete(block, std::align_val_t(Alignment));
  }

  bool operator==(const AlignedAllocator&) const = default;
};

}  // namespace wukong::engine
