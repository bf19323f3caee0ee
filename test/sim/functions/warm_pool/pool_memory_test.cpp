#include "sim/functions/warm_pool/pool_memory.h"

#include <algorithm>
#include <vector>

#include "sim/base/random.h"
#include "test/catch.h"

namespace wukong::warm_pool {
namespace {

// Pools by themselves: the idle environments of each are all of one rank and of 10 MB.
struct Pools {
  explicit Pools(size_t count) : idle(count), ranks(count) {
    for (size_t i = 0; i < count; ++i)
      memory.add_pool([this, i] {
        evicted.push_back(i);
        --idle[i];
        tell(i);
        memory.give_back(10);
      });
  }
  void tell(size_t i) { memory.set_idle(static_cast<uint32_t>(i), 10 * idle[i], ranks[i]); }
  // The pool that comes first, by looking at all.
  size_t first() const {
    size_t best = idle.size();
    for (size_t i = 0; i < idle.size(); ++i)
      if (idle[i] > 0 && (best == idle.size() || ranks[i] < ranks[best])) best = i;
    return best;
  }

  PoolMemory memory{500};
  std::vector<int64_t> idle;
  std::vector<PoolMemory::Rank> ranks;
  std::vector<size_t> evicted;
};

TEST_CASE("memory is taken from the pool that ranks first, whatever has changed before",
          "[keep_alive]") {
  Pools pools(20);
  RandomStream random(1, "pools");
  int64_t used = 0;
  for (int step = 0; step < 20'000; ++step) {
    const auto i = static_cast<size_t>(random.below(20));
    if (random.chance(0.6)) {  // an environment that has become idle, of a new rank
      const bool fits = used < 50;
      const size_t first = pools.first();
      pools.evicted.clear();
      pools.memory.take(10);
      REQUIRE(pools.evicted == (fits ? std::vector<size_t>{} : std::vector<size_t>{first}));
      if (fits) ++used;
      ++pools.idle[i];
      pools.ranks[i] = {static_cast<double>(random.below(10)), pools.memory.next_turn()};
    } else if (pools.idle[i] > 0) {  // one that is gone by itself
      --pools.idle[i];
      pools.tell(i);
      pools.memory.give_back(10);
      --used;
      continue;
    }
    pools.tell(i);
    REQUIRE(pools.memory.used_mb() == 10 * used);
  }
}

}  // namespace
}  // namespace wukong::warm_pool
