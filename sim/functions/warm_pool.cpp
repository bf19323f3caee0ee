#include "sim/functions/warm_pool.h"

#include <algorithm>
#include <utility>

#include "sim/base/check.h"
#include "sim/base/random.h"
#include "sim/functions/environment.h"

namespace wukong::functions {
namespace {
constexpr size_t kFirstCapacity = 1024;
}

WarmPool::WarmPool(engine::Engine& engine, const WarmPoolSpec& spec, Evicted evicted)
    : engine_(engine),
      eviction_(spec.eviction),
      reuse_(spec.reuse),
      interval_(spec.eviction == Eviction::fixed ? spec.keep_alive : spec.halving_interval),
      granularity_(spec.eviction == Eviction::fixed ? spec.eviction_granularity : Duration::zero()),
      evicted_(std::move(evicted)),
      entries_(1),
      idle_(kFirstCapacity) {}

void WarmPool::prewarm(int64_t count) {
  for (int64_t i = 0; i < count; ++i) {
    const uint32_t number = new_entry();
    make_idle(number, engine_.now());
  }
}

std::optional<WarmPool::Place> WarmPool::take(RandomStream& random) {
  if (idle_.size() == 0) return std::nullopt;
  size_t rank = 0;
  if (reuse_ == ReuseOrder::newest) rank = idle_.size() - 1;
  if (reuse_ == ReuseOrder::random) rank = static_cast<size_t>(random.below(idle_.size()));
  const auto number = static_cast<uint32_t>(idle_.select(rank));
  unlink(number);
  return Place{number, entries_[number].environment};
}

WarmPool::Place WarmPool::add() { return Place{new_entry(), nullptr}; }

void WarmPool::occupy(Place place, Environment& environment) {
  Entry& entry = entries_[place.number];
  ENSURE(entry.exists && entry.environment == nullptr && !idle_.contains(place.number));
  entry.environment = &environment;
  environment.pool_number = place.number;
}

void WarmPool::give_back(Environment& environment) {
  ENSURE(entries_[environment.pool_number].environment == &environment);
  make_idle(environment.pool_number, engine_.now());
}

void WarmPool::remove(Environment& environment) {
  ENSURE(entries_[environment.pool_number].environment == &environment);
  release(environment.pool_number);
}

uint32_t WarmPool::new_entry() {
  if (entries_.size() == idle_.capacity()) make_room();
  entries_.emplace_back().exists = true;
  ++size_;
  return static_cast<uint32_t>(entries_.size() - 1);
}

// Renumbers the environments that exist, in order, and doubles the room if they fill half of it.
// So the memory is bounded by the largest number that ever existed.
void WarmPool::make_room() {
  const size_t capacity = 2 * size_ < idle_.capacity() ? idle_.capacity() - 1 : idle_.capacity();
  std::vector<uint32_t> new_number(entries_.size());
  std::vector<Entry> kept(1);
  RankedSet idle(capacity);
  for (uint32_t old = 1; old < entries_.size(); ++old) {
    if (!entries_[old].exists) continue;
    new_number[old] = static_cast<uint32_t>(kept.size());
    if (idle_.contains(old)) idle.insert(kept.size());
    kept.push_back(entries_[old]);
  }
  kept[0] = entries_[0];
  for (uint32_t number = 0; number < kept.size(); ++number) {
    Entry& entry = kept[number];
    entry.previous = new_number[entry.previous];
    entry.next = new_number[entry.next];
    if (entry.environment != nullptr) entry.environment->pool_number = number;
  }
  ENSURE(kept.size() == size_ + 1 && idle.size() == idle_.size(), kept.size(), size_);
  entries_ = std::move(kept);
  idle_ = std::move(idle);
}

void WarmPool::make_idle(uint32_t number, Time since) {
  idle_.insert(number);
  Entry& entry = entries_[number];
  entry.since = since;
  entry.previous = entries_[0].previous;
  entry.next = 0;
  entries_[entry.previous].next = number;
  entries_[0].previous = number;
  if (!timer_.armed()) timer_.arm(keep_alive_end(since));
}

// It ascends with `since`, so the list of idle ones stays in order.
Time WarmPool::keep_alive_end(Time since) const {
  const Time end = since + interval_;
  if (granularity_ == Duration::zero()) return end;
  const Duration beyond = end.since_start() % granularity_;
  return beyond == Duration::zero() ? end : end + (granularity_ - beyond);
}

void WarmPool::unlink(uint32_t number) {
  idle_.erase(number);
  const Entry& entry = entries_[number];
  entries_[entry.previous].next = entry.next;
  entries_[entry.next].previous = entry.previous;
}

void WarmPool::release(uint32_t number) {
  ENSURE(entries_[number].exists, number);
  entries_[number] = Entry();
  --size_;
}

void WarmPool::expire() {
  while (const uint32_t number = entries_[0].next) {
    const Time end = keep_alive_end(entries_[number].since);
    if (end > engine_.now()) break;
    unlink(number);
    if (eviction_ == Eviction::halving && std::exchange(spare_next_, !spare_next_)) {
      make_idle(number, std::max(end, engine_.now()));  // a real clock may be late
      continue;
    }
    Environment* const environment = entries_[number].environment;
    release(number);
    evicted_(environment);
  }
  if (const uint32_t first = entries_[0].next) timer_.arm(keep_alive_end(entries_[first].since));
}

}  // namespace wukong::functions
