#include "sim/functions/warm_pool/warm_pool.h"

#include <algorithm>
#include <utility>

#include "sim/base/check.h"
#include "sim/base/random.h"
#include "sim/engine/engine.h"
#include "sim/functions/warm_pool/pool_memory.h"

namespace wukong::warm_pool {
namespace {
constexpr size_t kFirstCapacity = 1024;

Counting counting_for(keep_alive::ReuseOrder reuse) {
  return reuse == keep_alive::ReuseOrder::random ? Counting::yes : Counting::no;
}
}  // namespace

using keep_alive::ReuseOrder;

WarmPool::WarmPool(engine::Engine& engine, keep_alive::KeepAlivePolicy& policy, PoolMemory& memory,
                   const Function& function, Told told)
    : engine_(engine),
      policy_(policy),
      memory_(memory),
      function_(function),
      told_(std::move(told)),
      entries_(1),
      details_(1),
      idle_(kFirstCapacity, counting_for(function.reuse)) {
  if (!memory_.limited()) return;
  memory_number_ = memory_.add_pool([this] {
    const uint32_t first = entries_[0].next;
    policy_.evicted_for_memory(details_[first].priority);
    evict(first, PoolEvent::memory_short);
  });
}

int64_t WarmPool::prewarm(int64_t count) {
  const size_t before = size_;
  for (int64_t i = 0; i < count && has_free_memory(); ++i) make_idle(new_entry());
  return static_cast<int64_t>(size_ - before);
}

std::optional<WarmPool::Place> WarmPool::take(RandomStream& random) {
  if (idle_.size() == 0) return std::nullopt;
  policy_.arrives(function_.id, engine_.now(), {size_, idle_.size()});
  prewarming_.cancel();
  const auto number = static_cast<uint32_t>(choose(random));
  unlink(number);
  return Place{number, entries_[number].environment, details_[number].created};
}

size_t WarmPool::choose(RandomStream& random) const {
  switch (function_.reuse) {
    case ReuseOrder::newest:
      return idle_.last();
    case ReuseOrder::oldest:
      return idle_.first();
    case ReuseOrder::random:
      break;
  }
  return idle_.select(static_cast<size_t>(random.below(idle_.size())));
}

bool WarmPool::may_add() const {
  return !memory_.limited() || memory_.could_take(function_.memory_mb);
}

bool WarmPool::has_free_memory() const {
  return !memory_.limited() || memory_.has_free(function_.memory_mb);
}

WarmPool::Place WarmPool::add() {
  policy_.arrives(function_.id, engine_.now(), {size_, idle_.size()});
  prewarming_.cancel();
  return Place{new_entry(), nullptr, engine_.now()};
}

void WarmPool::occupy(Place place, PooledEnvironment& environment) {
  Entry& entry = entries_[place.number];
  ENSURE(entry.exists && entry.environment == nullptr && !idle_.contains(place.number));
  entry.environment = &environment;
  environment.pool_number = place.number;
}

void WarmPool::give_back(PooledEnvironment& environment) {
  ENSURE(entries_[environment.pool_number].environment == &environment);
  make_idle(environment.pool_number);
}

void WarmPool::remove(PooledEnvironment& environment) {
  ENSURE(entries_[environment.pool_number].environment == &environment);
  release(environment.pool_number);
}

void WarmPool::close() {
  closed_ = true;
  timer_.cancel();
  prewarming_.cancel();
  while (const uint32_t first = entries_[0].next) evict(first, PoolEvent::closed);
}

uint32_t WarmPool::new_entry() {
  if (memory_.limited()) memory_.take(function_.memory_mb);
  if (entries_.size() == idle_.capacity()) make_room();
  entries_.emplace_back().exists = true;
  details_.push_back({.created = engine_.now()});
  ++size_;
  return static_cast<uint32_t>(entries_.size() - 1);
}

// Renumbers the environments that exist, in order, and doubles the room if they fill half of it.
// So the memory is bounded by the largest number that ever existed.
void WarmPool::make_room() {
  const size_t capacity = 2 * size_ < idle_.capacity() ? idle_.capacity() - 1 : idle_.capacity();
  std::vector<uint32_t> new_number(entries_.size());
  std::vector<Entry> kept(1);
  std::vector<Details> kept_details(1);
  RankedSet idle(capacity, counting_for(function_.reuse));
  for (uint32_t old = 1; old < entries_.size(); ++old) {
    if (!entries_[old].exists) continue;
    new_number[old] = static_cast<uint32_t>(kept.size());
    if (idle_.contains(old)) idle.insert(kept.size());
    kept.push_back(entries_[old]);
    kept_details.push_back(details_[old]);
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
  details_ = std::move(kept_details);
  idle_ = std::move(idle);
}

// ---- idle environments

void WarmPool::make_idle(uint32_t number) {
  if (closed_) {
    PooledEnvironment* const environment = entries_[number].environment;
    release(number);
    return told_(PoolEvent::closed, environment);
  }
  const keep_alive::Stay stay = policy_.becomes_idle(function_.id, engine_.now(), idle_.size() + 1);
  expect(stay.prewarming);
  if (!stay.until) {
    PooledEnvironment* const environment = entries_[number].environment;
    const bool has_served = environment != nullptr;
    release(number);
    if (has_served) told_(PoolEvent::not_kept, environment);
    return;
  }
  if (memory_.limited()) details_[number].priority = stay.priority;
  put_into_list(number, *stay.until);
}

void WarmPool::put_into_list(uint32_t number, Time until) {
  idle_.insert(number);
  Entry& entry = entries_[number];
  entry.until = until;
  uint32_t before = entries_[0].previous;
  while (before != 0 && entries_[before].until > until) before = entries_[before].previous;
  entry.previous = before;
  entry.next = entries_[before].next;
  entries_[entry.next].previous = number;
  entries_[before].next = number;
  if (memory_.limited()) {
    details_[number].turn = memory_.next_turn();
    tell_memory();
  }
  if (until == Time::max() || (timer_.armed() && timer_.due() <= until)) return;
  timer_.arm(until);
}

void WarmPool::unlink(uint32_t number) {
  idle_.erase(number);
  const Entry& entry = entries_[number];
  entries_[entry.previous].next = entry.next;
  entries_[entry.next].previous = entry.previous;
  if (memory_.limited()) tell_memory();
}

void WarmPool::tell_memory() {
  PoolMemory::Rank rank;
  if (idle_.size() > 0) {
    const Details& first = details_[entries_[0].next];
    rank = {policy_.priority(function_.id, engine_.now(), idle_.size(), first.priority),
            first.turn};
  }
  memory_.set_idle(memory_number_, static_cast<int64_t>(idle_.size()) * function_.memory_mb, rank);
}

void WarmPool::release(uint32_t number) {
  ENSURE(entries_[number].exists, number);
  entries_[number] = Entry();
  --size_;
  if (memory_.limited()) memory_.give_back(function_.memory_mb);
}

void WarmPool::evict(uint32_t number, PoolEvent why) {
  unlink(number);
  PooledEnvironment* const environment = entries_[number].environment;
  release(number);
  told_(why, environment);
}

void WarmPool::expire() {
  while (const uint32_t number = entries_[0].next) {
    const Time until = entries_[number].until;
    if (until > engine_.now()) break;
    // A real clock may be late.
    const Time now = std::max(until, engine_.now());
    const std::optional<Time> longer = policy_.time_is_over(function_.id, now);
    if (!longer) {
      evict(number, PoolEvent::time_over);
      continue;
    }
    unlink(number);
    put_into_list(number, *longer);
  }
  const uint32_t first = entries_[0].next;
  if (first != 0 && entries_[first].until != Time::max()) timer_.arm(entries_[first].until);
}

// ---- ahead of an invocation

void WarmPool::expect(const std::optional<keep_alive::Prewarming>& prewarming) {
  if (!prewarming || prewarming->at >= prewarming->until) return;
  prewarming_.arm(prewarming->at);
  prewarmed_until_ = prewarming->until;
}

void WarmPool::prewarm_now() {
  // A real clock may be so late that it would be gone again.
  if (engine_.now() >= prewarmed_until_) return;
  if (idle_.size() > 0 || !has_free_memory()) return;
  const uint32_t number = new_entry();
  told_(PoolEvent::prewarmed, nullptr);
  put_into_list(number, prewarmed_until_);
}

}  // namespace wukong::warm_pool
