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
  if (functions::starts(attempt.outcome) && !attempt.provisioned) {
    const bool has_none = function.idle.empty() && function.running_on_demand == 0;
    function.frequency = has_none ? 1 : function.frequency + 1;
    ++function.running_on_demand;
  }
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
  --function.running_on_demand;
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
