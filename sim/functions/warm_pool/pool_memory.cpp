#include "sim/functions/warm_pool/pool_memory.h"

#include <utility>

#include "sim/base/check.h"

namespace wukong::warm_pool {

uint32_t PoolMemory::add_pool(Evict evict) {
  pools_.emplace_back().evict = std::move(evict);
  return static_cast<uint32_t>(pools_.size() - 1);
}

void PoolMemory::set_idle(uint32_t number, int64_t idle_mb, Rank rank) {
  Pool& pool = pools_[number];
  idle_mb_ += idle_mb - pool.idle_mb;
  pool.idle_mb = idle_mb;
  pool.rank = rank;
  ENSURE(idle_mb >= 0 && idle_mb_ <= used_mb_, idle_mb_, used_mb_);
  if (idle_mb == 0) {
    if (pool.place != kNowhere) remove(pool.place);
    return;
  }
  if (pool.place == kNowhere) {
    pool.place = heap_.size();
    heap_.push_back(number);
  }
  rise(pool.place);
  sink(pool.place);
}

void PoolMemory::take(int64_t mb) {
  ENSURE(could_take(mb), mb, used_mb_);
  while (used_mb_ + mb > *limit_mb_) {
    ENSURE(!heap_.empty());
    const int64_t before_mb = used_mb_;
    pools_[heap_.front()].evict();
    ENSURE(used_mb_ < before_mb);
  }
  used_mb_ += mb;
}

void PoolMemory::give_back(int64_t mb) {
  used_mb_ -= mb;
  ENSURE(used_mb_ >= idle_mb_, used_mb_, idle_mb_);
}

void PoolMemory::put(size_t place, uint32_t pool) {
  heap_[place] = pool;
  pools_[pool].place = place;
}

void PoolMemory::rise(size_t place) {
  const uint32_t pool = heap_[place];
  while (place > 0) {
    const size_t above = (place - 1) / 2;
    if (!(pools_[pool].rank < pools_[heap_[above]].rank)) break;
    put(place, heap_[above]);
    place = above;
  }
  put(place, pool);
}

void PoolMemory::sink(size_t place) {
  const uint32_t pool = heap_[place];
  for (;;) {
    size_t below = 2 * place + 1;
    if (below >= heap_.size()) break;
    if (below + 1 < heap_.size() && pools_[heap_[below + 1]].rank < pools_[heap_[below]].rank)
      ++below;
    if (!(pools_[heap_[below]].rank < pools_[pool].rank)) break;
    put(place, heap_[below]);
    place = below;
  }
  put(place, pool);
}

void PoolMemory::remove(size_t place) {
  pools_[heap_[place]].place = kNowhere;
  const uint32_t last = heap_.back();
  heap_.pop_back();
  if (place == heap_.size()) return;
  put(place, last);
  rise(place);
  sink(pools_[last].place);
}

}  // namespace wukong::warm_pool
