#include "bench/oracle/environment_check.h"

#include <algorithm>
#include <cmath>

#include "bench/run/run_result.h"

namespace wukong::oracle {

using engine::TraceKind;
using functions::Eviction;
using functions::StartOutcome;
using warm_pool::PoolEvent;

namespace {

constexpr const char* name_of(StartOutcome outcome) {
  switch (outcome) {
    case StartOutcome::warm:
      return "warm";
    case StartOutcome::cold:
      return "cold";
    case StartOutcome::full:
      return "no start: the account's concurrency is used up";
    case StartOutcome::reserved_full:
      return "no start: the function's reserved concurrency is used up";
    case StartOutcome::no_environment:
      return "no start: no environment can be made";
    case StartOutcome::no_memory:
      return "no start: there is no memory for an environment";
    default:
      return "no start: a fault";
  }
}

// Where a time lies in a distribution that is linear in its logarithm between points; beyond its
// ends: below 0 or above 1.
double rank_of(double ms, const functions::ColdStartDistribution& points) {
  const std::vector<double>& times = points.added_latency_ms;
  size_t i = 1;
  while (i + 1 < times.size() && ms > times[i]) ++i;
  const double part = std::log(ms / times[i - 1]) / std::log(times[i] / times[i - 1]);
  return points.probabilities[i - 1] +
         part * (points.probabilities[i] - points.probabilities[i - 1]);
}

// That of the account, if there is one for all functions.
std::vector<Tokens> account_tokens(const functions::ScalingSpec& scaling) {
  if (scaling.scope != functions::ScalingScope::account) return {};
  return {Tokens(scaling.burst, scaling.refill, scaling.refill_period.count_ns(), 0)};
}

}  // namespace

EnvironmentCheck::EnvironmentCheck(const functions::LambdaSpec& spec,
                                   invariants::BrokenInvariants& broken)
    : spec_(spec),
      broken_(broken),
      scaling_(account_tokens(spec.scaling)),
      latency_("a warm start",
               median_of(spec.invocation.start_latency, spec.invocation.start_latency_sigma),
               spec.invocation.start_latency_sigma) {}

void EnvironmentCheck::on(Time time, const FunctionAdded& added) {
  Function& function = functions_.emplace_back();
  function.config = added.config;
  if (added.config.provisioned_concurrency > 0)
    function.coming[time + spec_.provisioned.ready_after] = added.config.provisioned_concurrency;
  const int64_t prewarmed = added.config.prewarmed.value_or(spec_.warm_pool.prewarmed);
  for (int64_t i = 0; i < prewarmed && spec_.warm_pool.eviction != Eviction::none; ++i) {
    if (spec_.warm_pool.memory_limit_mb &&
        busy_mb() + warm_mb() + added.config.memory_mb > *spec_.warm_pool.memory_limit_mb)
      break;
    function.environments.emplace_back();
    let_idle(function, function.environments.size() - 1, time);
  }
  const functions::ScalingSpec& scaling = spec_.scaling;
  if (scaling.scope == functions::ScalingScope::function)
    scaling_.emplace_back(scaling.burst, scaling.refill, scaling.refill_period.count_ns(),
                          time.count_ns());
}

// ---- idle environments

void EnvironmentCheck::let_idle(Function& function, size_t environment, Time since) {
  Environment& idle = function.environments[environment];
  idle.idle_since = since;
  idle.turn = next_turn_++;
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
  if (evicted.why != PoolEvent::memory_short) return;
  if (eviction != Eviction::fixed && eviction != Eviction::least_recently_used) return;
  for (const Function& other : functions_)
    broken_.expect(
        other.turns.empty() || other.turns.begin()->first >= function.environments[gone].turn,
        "memory is taken from another environment than the one that is idle longest");
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

// ---- decisions

// What is reserved, or provisioned without being reserved, is taken out of the account's
// concurrency; who has reserved has no more, others share the rest.
std::optional<StartOutcome> EnvironmentCheck::expected_refusal(const Function& function) const {
  const auto own = [](const functions::FunctionConfig& config) {
    return static_cast<size_t>(
        config.reserved_concurrency.value_or(config.provisioned_concurrency));
  };
  if (function.running < own(function.config)) return std::nullopt;
  if (function.config.reserved_concurrency) return StartOutcome::reserved_full;
  auto left = static_cast<size_t>(spec_.account_concurrency);
  size_t sharing = 0;
  for (const Function& other : functions_) {
    left -= own(other.config);
    sharing += other.running - std::min(other.running, own(other.config));
  }
  return sharing >= left ? std::optional(StartOutcome::full) : std::nullopt;
}

StartOutcome EnvironmentCheck::expected_outcome(const functions::StartAttempt& attempt, Time time) {
  const Function& function = functions_.at(attempt.function.index());
  if (const auto refusal = expected_refusal(function)) return *refusal;
  if (!function.provisioned_idle.empty()) return StartOutcome::warm;
  if (!function.idle.empty()) return StartOutcome::warm;
  if (spec_.warm_pool.memory_limit_mb &&
      busy_mb() + function.config.memory_mb > *spec_.warm_pool.memory_limit_mb)
    return StartOutcome::no_memory;
  const bool by_account = spec_.scaling.scope == functions::ScalingScope::account;
  Tokens& tokens = scaling_.at(by_account ? 0 : attempt.function.index());
  return tokens.take(time.count_ns()) ? StartOutcome::cold : StartOutcome::no_environment;
}

void EnvironmentCheck::on(Time time, const functions::StartAttempt& attempt) {
  if (attempt.outcome == StartOutcome::by_fault) return;
  Function& function = functions_.at(attempt.function.index());
  look_for_overdue(function, time);
  const StartOutcome expected = expected_outcome(attempt, time);
  if (expected != attempt.outcome)
    broken_.expect(false, "invocation {} at {:.9f} s: {}, and not {}", attempt.invocation.value(),
                   time.to_seconds(), name_of(attempt.outcome), name_of(expected));
  broken_.expect(!attempt.provisioned || attempt.outcome == StartOutcome::warm,
                 "a provisioned environment is cold");
  if (attempt.outcome == StartOutcome::warm && !function.provisioned_idle.empty())
    take_provisioned(function, attempt, time);
  else if (attempt.outcome == StartOutcome::warm)
    take_warm(function, attempt, time);
  if (attempt.outcome == StartOutcome::cold) make_cold(function, attempt, time);
  check_memory(time);
}

size_t EnvironmentCheck::choose(const std::set<size_t>& idle) const {
  return spec_.warm_pool.reuse == functions::ReuseOrder::newest ? *idle.rbegin() : *idle.begin();
}

void EnvironmentCheck::take_provisioned(Function& function, const functions::StartAttempt& attempt,
                                        Time time) {
  broken_.expect(attempt.provisioned, "a provisioned environment is passed over");
  const uint32_t host = attempt.host.value();
  const bool known = hosts_.contains(host);
  size_t taken = choose(function.provisioned_idle);
  if (spec_.warm_pool.reuse == functions::ReuseOrder::random) {
    for (const size_t idle : function.provisioned_idle) {
      const std::optional<uint32_t>& its = function.environments[idle].host;
      if (known ? its == host : !its) taken = idle;
    }
  }
  const std::optional<uint32_t>& its = function.environments[taken].host;
  broken_.expect(known ? its == host : !its, "another provisioned environment serves");
  function.provisioned_idle.erase(taken);
  function.environments[taken].host = host;
  run_in(attempt, taken, time);
}

// They come up together, and each that is lost again after the same time.
void EnvironmentCheck::on(Time time, const Provisioned& provisioned) {
  Function& function = functions_.at(provisioned.function.index());
  int64_t& due = function.coming[time];
  due -= provisioned.environments;
  broken_.expect(due >= 0, "provisioned environments come up at {:.9f} s unasked",
                 time.to_seconds());
  if (due == 0) function.coming.erase(time);
  for (int64_t i = 0; i < provisioned.environments; ++i) {
    function.provisioned_idle.insert(function.environments.size());
    function.environments.emplace_back();
  }
}

// The newest or the oldest of those that are idle, by their making; or any.
void EnvironmentCheck::take_warm(Function& function, const functions::StartAttempt& attempt,
                                 Time time) {
  broken_.expect(spec_.warm_pool.eviction != Eviction::none,
                 "a start is warm, and nothing is to be kept");
  broken_.expect(!attempt.provisioned, "an environment serves that is not provisioned");
  const uint32_t host = attempt.host.value();
  const bool known = hosts_.contains(host);
  std::optional<size_t> taken = idle_on(function, known ? std::optional(host) : std::nullopt);
  const functions::ReuseOrder order = spec_.warm_pool.reuse;
  if (!function.idle.empty() && order != functions::ReuseOrder::random) {
    const size_t first = choose(function.idle);
    const std::optional<uint32_t>& its = function.environments[first].host;
    if (known ? its != host : its.has_value())
      broken_.expect(false, "invocation {} at {:.9f} s gets another idle environment than the {}",
                     attempt.invocation.value(), time.to_seconds(),
                     functions::kReuseOrderNames[static_cast<size_t>(order)]);
    else
      taken = first;
  }
  if (!taken) return broken_.expect(false, "an environment serves that is not idle");
  take(function, *taken);
  function.environments[*taken].host = host;
  function.on_host[host] = *taken;
  run_in(attempt, *taken, time);
}

void EnvironmentCheck::make_cold(Function& function, const functions::StartAttempt& attempt,
                                 Time time) {
  broken_.expect(!hosts_.contains(attempt.host.value()), "a cold start is in an old environment");
  function.on_host[attempt.host.value()] = function.environments.size();
  function.environments.push_back({.host = attempt.host.value()});
  check_cold_start(attempt);
  run_in(attempt, function.environments.size() - 1, time);
}

void EnvironmentCheck::check_cold_start(const functions::StartAttempt& attempt) {
  const functions::ColdStartSpec& cold = spec_.cold_start;
  const auto points = spec_.cold_starts.find(cold.runtime + "_" + cold.package);
  if (points == spec_.cold_starts.end()) return;
  const double package_ms = points->second.per_package_mb.to_milliseconds() * cold.package_mb;
  const double ms = attempt.initialization.to_milliseconds() - package_ms;
  const std::vector<double>& times = points->second.added_latency_ms;
  const double rounding_ms = 2e-6;
  broken_.expect(ms > 0 && ms >= times.front() - rounding_ms && ms <= times.back() + rounding_ms,
                 "a cold start takes {:.6f} ms, which the distribution does not have",
                 attempt.initialization.to_milliseconds());
  if (ms > 0) cold_ranks_.push_back(rank_of(ms, points->second));
}

void EnvironmentCheck::run_in(const functions::StartAttempt& attempt, size_t environment,
                              Time time) {
  const uint32_t host = attempt.host.value();
  hosts_.insert(host);
  const bool cold = attempt.outcome == StartOutcome::cold;
  latency_.add(attempt.latency, broken_);
  Time due = time + attempt.latency;
  if (cold) due += spec_.cold_start.placement + attempt.initialization;
  const Running made{.function = attempt.function.value(),
                     .invocation = attempt.invocation.value(),
                     .environment = environment,
                     .cold = cold,
                     .provisioned = attempt.provisioned,
                     .due = due};
  broken_.expect(running_.try_emplace(host, made).second,
                 "an environment is given to two invocations");
  ++functions_.at(attempt.function.index()).running;
  most_running_ = std::max(most_running_, running_.size());
}

// ---- executions

void EnvironmentCheck::on(Time time, const engine::TraceRecord& record) {
  if (record.kind == TraceKind::started) return start(time, record);
  if (record.kind == TraceKind::finished || record.kind == TraceKind::failed)
    return stop(time, record);
}

void EnvironmentCheck::start(Time time, const engine::TraceRecord& record) {
  const auto found = running_.find(record.subject);
  if (found == running_.end() || found->second.invocation != record.actor)
    return broken_.expect(false, "a handler starts in an environment that it was not given");
  Running& running = found->second;
  broken_.expect(time == running.due, "invocation {} starts at {:.9f} s and not at {:.9f} s",
                 record.actor, time.to_seconds(), running.due.to_seconds());
  broken_.expect((record.value == 1) == running.cold, "a cold start is taken for a warm one");
  running.since = time;
}

void EnvironmentCheck::stop(Time time, const engine::TraceRecord& record) {
  const auto found = running_.find(record.subject);
  if (found == running_.end() || !found->second.since)
    return broken_.expect(false, "a handler ends that does not run");
  const Running running = found->second;
  running_.erase(found);
  Function& function = functions_.at(running.function);
  const bool finished = record.kind == TraceKind::finished;
  broken_.expect(time <= *running.since + function.config.time_limit,
                 "invocation {} ends at {:.9f} s, after its time limit", record.actor,
                 time.to_seconds());
  --function.running;
  if (running.provisioned) {
    if (finished)
      function.provisioned_idle.insert(running.environment);
    else
      ++function.coming[time + spec_.provisioned.ready_after];
    return;
  }
  look_for_overdue(function, time);
  if (finished) let_idle(function, running.environment, time);
}

void EnvironmentCheck::end(const RunRecord& record, const run::RunResult& result) {
  latency_.end(broken_);
  for (const auto& [host, running] : running_) {
    broken_.expect(running.since || running.due >= record.end, "a handler never starts");
    if (running.since)
      broken_.expect(
          *running.since + functions_.at(running.function).config.time_limit >= record.end,
          "a function runs beyond its time limit");
  }
  broken_.expect(result.peak_concurrency == most_running_, "the peak concurrency is {} and not {}",
                 result.peak_concurrency, most_running_);
  // Uniform numbers have a deviation of 1 / sqrt(12): their mean is off by seven of its deviations
  // once in 4e11 runs.
  const auto count = static_cast<double>(cold_ranks_.size());
  double sum = 0;
  for (const double rank : cold_ranks_) sum += rank - 0.5;
  broken_.expect(std::abs(sum) <= 7 * std::sqrt(count / 12),
                 "cold starts are not as long as their distribution says");
}

}  // namespace wukong::oracle
