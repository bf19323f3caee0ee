#include "bench/oracle/environment_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/run/run_result.h"

namespace wukong::oracle {

using engine::TraceKind;
using functions::StartOutcome;

namespace {

constexpr const char* name_of(StartOutcome outcome) {
  switch (outcome) {
    case StartOutcome::warm:
      return "warm";
    case StartOutcome::cold:
      return "cold";
    case StartOutcome::full:
      return "no start: the account's concurrency is used up";
    case StartOutcome::no_environment:
      return "no start: no environment can be made";
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
    : spec_(spec), broken_(broken), scaling_(account_tokens(spec.scaling)) {}

void EnvironmentCheck::on(Time time, const FunctionAdded& added) {
  Function& function = functions_.emplace_back();
  function.config = added.config;
  const int64_t prewarmed = added.config.prewarmed.value_or(spec_.warm_pool.prewarmed);
  for (int64_t i = 0; i < prewarmed; ++i) {
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
  idle.turn = function.next_turn++;
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

// None may be idle beyond its time; with halving every other one is spared, and that is silent.
void EnvironmentCheck::look_for_overdue(Function& function, Time time) {
  while (function.evictions_known && !function.turns.empty()) {
    const size_t first = function.turns.begin()->second;
    const Time end = keep_alive_end(function.environments[first]);
    if (end == time && spec_.warm_pool.eviction == functions::Eviction::halving)
      function.evictions_known = false;  // which comes first, nobody has told
    if (end >= time) return;
    if (!function.spare_next) {
      function.evictions_known = false;
      return broken_.expect(false, fmt::format("an environment is idle at {:.9f} s, and was to be "
                                               "evicted at {:.9f} s",
                                               time.to_seconds(), end.to_seconds()));
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
  if (function.evictions_known)
    broken_.expect(end == time && *gone == first,
                   fmt::format("an environment is evicted at {:.9f} s and not at {:.9f} s",
                               time.to_seconds(), end.to_seconds()));
  take(function, *gone);
  function.spare_next = spec_.warm_pool.eviction == functions::Eviction::halving;
}

// ---- decisions

StartOutcome EnvironmentCheck::expected_outcome(const functions::StartAttempt& attempt, Time time) {
  if (running_.size() >= static_cast<size_t>(spec_.account_concurrency)) return StartOutcome::full;
  if (!functions_.at(attempt.function.index()).idle.empty()) return StartOutcome::warm;
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
    broken_.expect(
        false, fmt::format("invocation {} at {:.9f} s: {}, and not {}", attempt.invocation.value(),
                           time.to_seconds(), name_of(attempt.outcome), name_of(expected)));
  if (attempt.outcome == StartOutcome::warm) take_warm(function, attempt, time);
  if (attempt.outcome == StartOutcome::cold) make_cold(function, attempt, time);
}

// The newest or the oldest of those that are idle, by their making; or any.
void EnvironmentCheck::take_warm(Function& function, const functions::StartAttempt& attempt,
                                 Time time) {
  const uint32_t host = attempt.host.value();
  const bool known = hosts_.contains(host);
  std::optional<size_t> taken = idle_on(function, known ? std::optional(host) : std::nullopt);
  const functions::ReuseOrder order = spec_.warm_pool.reuse;
  if (!function.idle.empty() && order != functions::ReuseOrder::random) {
    const bool newest = order == functions::ReuseOrder::newest;
    const size_t first = newest ? *function.idle.rbegin() : *function.idle.begin();
    const std::optional<uint32_t>& its = function.environments[first].host;
    if (known ? its != host : its.has_value())
      broken_.expect(
          false, fmt::format("invocation {} at {:.9f} s gets another idle environment than the {}",
                             attempt.invocation.value(), time.to_seconds(),
                             functions::kReuseOrderNames[static_cast<size_t>(order)]));
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
                 fmt::format("a cold start takes {:.6f} ms, which the distribution does not have",
                             attempt.initialization.to_milliseconds()));
  if (ms > 0) cold_ranks_.push_back(rank_of(ms, points->second));
}

void EnvironmentCheck::run_in(const functions::StartAttempt& attempt, size_t environment,
                              Time time) {
  const uint32_t host = attempt.host.value();
  hosts_.insert(host);
  const bool cold = attempt.outcome == StartOutcome::cold;
  Time due = time + spec_.invocation.start_latency;
  if (cold) due += spec_.cold_start.placement + attempt.initialization;
  const Running made{.function = attempt.function.value(),
                     .invocation = attempt.invocation.value(),
                     .environment = environment,
                     .cold = cold,
                     .due = due};
  broken_.expect(running_.try_emplace(host, made).second,
                 "an environment is given to two invocations");
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
  broken_.expect(time == running.due,
                 fmt::format("invocation {} starts at {:.9f} s and not at {:.9f} s", record.actor,
                             time.to_seconds(), running.due.to_seconds()));
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
                 fmt::format("invocation {} ends at {:.9f} s, after its time limit", record.actor,
                             time.to_seconds()));
  look_for_overdue(function, time);
  if (finished) let_idle(function, running.environment, time);
}

void EnvironmentCheck::end(const RunRecord& record, const run::RunResult& result) {
  for (const auto& [host, running] : running_) {
    broken_.expect(running.since || running.due >= record.end, "a handler never starts");
    if (running.since)
      broken_.expect(
          *running.since + functions_.at(running.function).config.time_limit >= record.end,
          "a function runs beyond its time limit");
  }
  broken_.expect(
      result.peak_concurrency == most_running_,
      fmt::format("the peak concurrency is {} and not {}", result.peak_concurrency, most_running_));
  // Uniform numbers have a deviation of 1 / sqrt(12): their mean is off by seven of its deviations
  // once in 4e11 runs.
  const auto count = static_cast<double>(cold_ranks_.size());
  double sum = 0;
  for (const double rank : cold_ranks_) sum += rank - 0.5;
  broken_.expect(std::abs(sum) <= 7 * std::sqrt(count / 12),
                 "cold starts are not as long as their distribution says");
}

}  // namespace wukong::oracle
