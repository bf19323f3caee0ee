// The idle environments of EnvironmentCheck: which there are, when they are gone, and what memory
// they have.
#include <algorithm>

#include "bench/oracle/environment_check.h"

namespace wukong::oracle {

using functions::Eviction;
using warm_pool::PoolEvent;

void EnvironmentCheck::let_idle(Function& function, size_t environment, Time since) {
  Environment& idle = function.environments[environment];
  idle.idle_since = since;
  idle.turn = next_turn_++;
  idle.priority = priority_now(function);
  function.idle.insert(environment);
  function.turns.emplace(idle.turn, environment);
  if (!idle.host) function.unserved.insert(environment);
}

void EnvironmentCheck::take(Function& function, size_t environment) {
  function.idle.erase(environment);
  function.turns.erase({function.environments[environment].turn, environment});
  function.unserved.erase(environment);
}

// The idle one of that host; no host: one that never served.
std::optional<size_t> EnvironmentCheck::idle_on(const Function& function,
                                                std::optional<uint32_t> host) {
  if (!host)
    return function.unserved.empty() ? std::nullopt : std::optional(*function.unserved.begin());
  const auto found = function.on_host.find(*host);
  const bool idle = found != function.on_host.end() && function.idle.contains(found->second);
  return idle ? std::optional(found->second) : std::nullopt;
}

Time EnvironmentCheck::keep_alive_end(const Environment& environment) const {
  const functions::WarmPoolSpec& pool = spec_.warm_pool;
  if (pool.eviction == functions::Eviction::halving)
    return environment.idle_since + pool.halving_interval;
  const int64_t end = (environment.idle_since + pool.keep_alive).count_ns();
  const int64_t step = pool.eviction_granularity.count_ns();
  if (step == 0) return Time::at(Duration::nanoseconds(end));
  return Time::at(Duration::nanoseconds(divided_up(end, step) * step));
}

// The other policies' times are not calculated once more.
bool EnvironmentCheck::knows_times() const {
  const Eviction eviction = spec_.warm_pool.eviction;
  return eviction == Eviction::fixed || eviction == Eviction::halving;
}

int64_t EnvironmentCheck::busy_mb() const {
  int64_t sum = 0;
  for (const auto& [host, running] : running_)
    if (!running.provisioned) sum += functions_.at(running.function).config.memory_mb;
  return sum;
}

int64_t EnvironmentCheck::warm_mb() const {
  int64_t sum = 0;
  for (const Function& function : functions_)
    sum += static_cast<int64_t>(function.idle.size()) * function.config.memory_mb;
  return sum;
}

void EnvironmentCheck::check_memory(Time time) {
  if (!spec_.warm_pool.memory_limit_mb) return;
  const int64_t used = busy_mb() + warm_mb();
  broken_.expect(used <= *spec_.warm_pool.memory_limit_mb,
                 "at {:.9f} s environments have {} MB, and may have {} MB", time.to_seconds(), used,
                 *spec_.warm_pool.memory_limit_mb);
}

// None may be idle beyond its time; with halving every other one is spared, and that is silent.
void EnvironmentCheck::look_for_overdue(Function& function, Time time) {
  while (knows_times() && function.evictions_known && !function.turns.empty()) {
    const size_t first = function.turns.begin()->second;
    const Time end = keep_alive_end(function.environments[first]);
    if (end == time && spec_.warm_pool.eviction == functions::Eviction::halving)
      function.evictions_known = false;  // which comes first, nobody has told
    if (end >= time) return;
    if (!function.spare_next) {
      function.evictions_known = false;
      return broken_.expect(false,
                            "an environment is idle at {:.9f} s, and was to be "
                            "evicted at {:.9f} s",
                            time.to_seconds(), end.to_seconds());
    }
    spare(function, first, end);
  }
}

void EnvironmentCheck::spare(Function& function, size_t environment, Time end) {
  function.spare_next = false;
  take(function, environment);
  let_idle(function, environment, end);
}

void EnvironmentCheck::on(Time time, const Evicted& evicted) {
  Function& function = functions_.at(evicted.function.index());
  const bool before = function.evictions_known;
  look_for_overdue(function, time);
  if (before && !function.turns.empty()) {  // at this instant the order is told
    const Environment& first = function.environments[function.turns.begin()->second];
    if (keep_alive_end(first) == time) function.evictions_known = true;
  }
  while (function.evictions_known && function.spare_next && !function.turns.empty()) {
    const size_t first = function.turns.begin()->second;
    if (keep_alive_end(function.environments[first]) != time) break;
    spare(function, first, time);
  }
  const std::optional<uint32_t> host =
      evicted.host.valid() ? std::optional(evicted.host.value()) : std::nullopt;
  std::optional<size_t> gone = idle_on(function, host);
  if (!gone) return broken_.expect(false, "an environment is evicted that is not idle");
  const size_t first = function.turns.begin()->second;
  if (function.environments[first].host == host) gone = first;
  const Time end = keep_alive_end(function.environments[*gone]);
  check_cause(function, *gone, evicted);
  if (knows_times() && function.evictions_known && evicted.why == PoolEvent::time_over)
    broken_.expect(end == time && *gone == first,
                   "an environment is evicted at {:.9f} s and not at {:.9f} s", time.to_seconds(),
                   end.to_seconds());
  take(function, *gone);
  if (evicted.why == PoolEvent::time_over)
    function.spare_next = spec_.warm_pool.eviction == functions::Eviction::halving;
}

// Which policies evict for this reason; and for want of memory these two take what is idle longest.
void EnvironmentCheck::check_cause(const Function& function, size_t gone, const Evicted& evicted) {
  const Eviction eviction = spec_.warm_pool.eviction;
  const bool has_times = knows_times() || eviction == Eviction::hybrid_histogram;
  const bool drops = eviction == Eviction::none || eviction == Eviction::hybrid_histogram ||
                     eviction == Eviction::oracle;
  const bool fits = (evicted.why == PoolEvent::time_over && has_times) ||
                    (evicted.why == PoolEvent::not_kept && drops) ||
                    (evicted.why == PoolEvent::memory_short && spec_.warm_pool.memory_limit_mb);
  broken_.expect(fits, "an environment is evicted for a reason that its policy does not have");
  if (evicted.why == PoolEvent::memory_short) check_victim(function, function.environments[gone]);
}

// In cold starts of a function of 1 MB: all functions' cold starts are of one distribution, so
// their length is a factor of all priorities alike.
double EnvironmentCheck::priority_now(const Function& function) const {
  switch (spec_.warm_pool.eviction) {
    case Eviction::greedy_dual:
      return clock_ + function.frequency / static_cast<double>(function.config.memory_mb);
    case Eviction::landlord:
      return clock_ + 1 / static_cast<double>(function.config.memory_mb);
    case Eviction::frequency:
      return function.frequency;
    default:
      return 0;
  }
}

// Memory is taken from the environment of the smallest priority; where there is none, from the one
// that is idle longest.
void EnvironmentCheck::check_victim(const Function& function, const Environment& gone) {
  const Eviction eviction = spec_.warm_pool.eviction;
  const bool by_turn = eviction == Eviction::fixed || eviction == Eviction::least_recently_used;
  const double rounding = 1e-9 * (gone.priority + 1e-9);
  for (const Function& other : functions_) {
    if (by_turn)
      broken_.expect(other.turns.empty() || other.turns.begin()->first >= gone.turn,
                     "memory is taken from another environment than the one that is idle longest");
    for (const size_t idle : other.idle)
      broken_.expect(other.environments[idle].priority >= gone.priority - rounding,
                     "memory is taken from an environment of function {} with the priority {}, and "
                     "there is one with {}",
                     function.config.name, gone.priority, other.environments[idle].priority);
  }
  if (eviction == Eviction::greedy_dual || eviction == Eviction::landlord) clock_ = gone.priority;
}

// Only a policy that looks ahead does that, and only for a function that has no idle one.
void EnvironmentCheck::on(Time time, const Prewarmed& prewarmed) {
  Function& function = functions_.at(prewarmed.function.index());
  broken_.expect(spec_.warm_pool.eviction == Eviction::hybrid_histogram && function.idle.empty(),
                 "an environment is made at {:.9f} s that nobody has asked for", time.to_seconds());
  function.environments.emplace_back();
  let_idle(function, function.environments.size() - 1, time);
  check_memory(time);
}

}  // namespace wukong::oracle
