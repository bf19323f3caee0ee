// A number that takes long to count and never changes: counted when it is first asked for, then
// kept. Any thread may ask; two that ask first at the same time both count, and get the same.
#pragma once

#include <atomic>
#include <cstdint>

namespace wukong::dag {

class LazyCount {
 public:
  LazyCount() = default;
  LazyCount(const LazyCount& other) : plus_one_(other.plus_one_.load(kOrder)) {}
  LazyCount& operator=(const LazyCount& other) {
    plus_one_.store(other.plus_one_.load(kOrder), kOrder);
    return *this;
  }

  template <class Count>
  uint64_t get(const Count& count) const {
    uint64_t kept = plus_one_.load(kOrder);
    if (kept == 0) {
      kept = count() + 1;
      plus_one_.store(kept, kOrder);
    }
    return kept - 1;
  }

 private:
  // Nothing else is published with it.
  static constexpr auto kOrder = std::memory_order_relaxed;
  mutable std::atomic<uint64_t> plus_one_ = 0;  // 0: not counted yet
};

}  // namespace wukong::dag
