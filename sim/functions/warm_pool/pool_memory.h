// The memory that the environments of all functions share, if it is limited. When one more does not
// fit, idle ones go, in the order of their policy's priorities: a heap of the functions that have
// idle environments finds the next one in O(log functions).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/base/inline_function.h"

namespace wukong::warm_pool {

class PoolMemory {
 public:
  // Takes the first idle environment away from the pool that has this number.
  using Evict = InlineFunction<void(), 16>;

  explicit PoolMemory(std::optional<int64_t> limit_mb) : limit_mb_(limit_mb) {}
  PoolMemory(const PoolMemory&) = delete;
  PoolMemory& operator=(const PoolMemory&) = delete;

  bool limited() const { return limit_mb_.has_value(); }
  int64_t used_mb() const { return used_mb_; }

  // What is asked of the pools here happens only while memory is limited.

  // A pool's number. `evict` takes the pool's first idle environment away, and tells it here.
  uint32_t add_pool(Evict evict);
  // The order in which environments became idle.
  uint64_t next_turn() { return ++turns_; }

  // Where a pool stands among those from which memory is taken: the smallest is the first.
  struct Rank {
    double priority = 0;
    uint64_t turn = 0;  // of its first idle environment
    bool operator<(const Rank& other) const {
      return priority != other.priority ? priority < other.priority : turn < other.turn;
    }
  };
  // The pool has this many MB in idle environments, and so it ranks.
  void set_idle(uint32_t pool, int64_t idle_mb, Rank rank);

  // There is room for so much more once idle environments have gone.
  bool could_take(int64_t mb) const { return used_mb_ - idle_mb_ + mb <= *limit_mb_; }
  // There is room now.
  bool has_free(int64_t mb) const { return used_mb_ + mb <= *limit_mb_; }
  // Makes that room, and uses it. REQUIRES: could_take(mb).
  void take(int64_t mb);
  void give_back(int64_t mb);

 private:
  struct Pool {
    Evict evict;
    Rank rank;
    int64_t idle_mb = 0;
    size_t place = kNowhere;  // in the heap
  };
  static constexpr size_t kNowhere = static_cast<size_t>(-1);

  void put(size_t place, uint32_t pool);
  void rise(size_t place);
  void sink(size_t place);
  void remove(size_t place);

  std::optional<int64_t> limit_mb_;
  int64_t used_mb_ = 0;
  int64_t idle_mb_ = 0;
  uint64_t turns_ = 0;
  std::vector<Pool> pools_;
  std::vector<uint32_t> heap_;  // of pools with idle environments
};

}  // namespace wukong::warm_pool
