#include "bench/simulation/trace_simulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/experiment/trace_setup.h"
#include "bench/simulation/collect.h"
#include "bench/simulation/failure.h"
#include "sim/engine/event_queue.h"
#include "sim/engine/trace.h"
#include "sim/platform/cloud.h"
#include "sim/platform/platform_spec.h"

namespace wukong::simulation {
namespace {

// Memory that the platform can give, in whole MB.
int64_t memory_on(const functions::EnvironmentSpec& environment, Bytes memory) {
  const int64_t mebi = Bytes::mebi(1).count();
  const int64_t megabytes = (memory.count() + mebi - 1) / mebi;
  return std::clamp(megabytes, environment.memory_mb_least, environment.memory_mb_most);
}

std::unique_ptr<keep_alive::FutureArrivals> known_arrivals(const traces::Trace& trace) {
  std::vector<std::vector<Time>> arrivals(trace.functions().function_count());
  const std::unique_ptr<traces::InvocationSource> source = trace.invocations();
  traces::Invocation invocation;
  while (source->next(invocation))
    arrivals[invocation.function.index()].push_back(invocation.arrival);
  return std::make_unique<keep_alive::KnownArrivals>(std::move(arrivals));
}

}  // namespace

TraceSimulation::TraceSimulation(const platform::PlatformSpec& platform, const TraceLoad& load,
                                 const RunOptions& options)
    : spec_(platform),
      load_(load),
      options_(options),
      engine_(clock_),
      platform_(engine_, platform, options.seed),
      all_ended_(engine_) {
  if (platform.functions.warm_pool.eviction == keep_alive::Eviction::oracle) {
    future_ = known_arrivals(*load.trace);
    platform_.cloud().functions().foresee(*future_);
  }
  add_functions();
  platform_.lambda().watch(this);
}

TraceSimulation::~TraceSimulation() { engine_.clear(); }

void TraceSimulation::add_functions() {
  const traces::FunctionTable& table = load_.trace->functions();
  counts_.resize(table.app_count());
  for (const traces::TraceFunction& function : table.functions()) {
    functions_.push_back(platform_.lambda().add_function(
        {.name = table.app(function.app).name + "/" + function.name,
         .role = "function",
         .memory_mb = memory_on(spec_.functions.environment, function.memory),
         .time_limit = spec_.functions.time_limit}));
    apps_.push_back(function.app);
  }
}

// An event for each arrival: a process that sleeps until the next one would cost twice as much.
void TraceSimulation::schedule_arrival() {
  engine_.events().schedule(
      next_.arrival, [](void* self) { static_cast<TraceSimulation*>(self)->arrive(); }, this);
}

void TraceSimulation::arrive() {
  functions::LambdaClient& lambda = platform_.lambda();
  do {
    ++arrived_;
    lambda.take_event(functions_[next_.function.index()], next_.duration);
    if (!source_->next(next_)) return nothing_more_arrives();
  } while (next_.arrival <= engine_.now());
  schedule_arrival();
}

void TraceSimulation::nothing_more_arrives() {
  all_arrived_ = true;
  if (ended_ == arrived_) all_ended_.set();
}

engine::Task<> TraceSimulation::wait_for_the_end() {
  co_await all_ended_.wait("the last invocations");
}

void TraceSimulation::ended(const functions::TimedEnd& end) {
  ++ended_;
  if (all_arrived_ && ended_ == arrived_) all_ended_.set();
  const Time now = engine_.now();
  run::LoadGroup& all = result_.all;
  result_.until = now.since_start();
  if (end.failed) ++all.failed;
  if (end.arrived < Time::at(load_.warm_up)) {
    ++all.left_out;
    return;
  }
  all.cost += end.price;
  if (end.failed) return;
  AppCounts& counts = counts_[apps_[end.function.index()].index()];
  ++counts.ended;
  ++all.invocations;
  if (end.cold) {
    ++counts.cold;
    ++all.cold_starts;
  }
  all.response.add(now - end.arrived);
  all.queueing.add(end.queued);
  const Duration ran = now - end.started;
  if (ran > Duration::zero()) all.slowdown.add(run::sketched_slowdown(now - end.arrived, ran));
}

void TraceSimulation::collect(run::RunResult& result) {
  const functions::LambdaStatistics& lambda = platform_.lambda().statistics();
  add_platform(platform_, result);
  result_.all.arrived = arrived_;
  if (result_.all.failed > 0)
    result_.all.first_failure = lambda.refused > 0 ? lambda.first_refusal : lambda.first_drop;
  result_.by_application = by_application();
  add_levels(platform_.cloud().functions().levels(), engine_.now(), result_, result);
  result.trace_hash = engine_.trace().hash();
  result.load = std::move(result_);
}

// The share of an application that was never invoked is no share.
run::ByApplication TraceSimulation::by_application() const {
  std::vector<double> shares;
  for (const AppCounts& app : counts_)
    if (app.ended > 0)
      shares.push_back(static_cast<double>(app.cold) / static_cast<double>(app.ended));
  if (shares.empty()) return {};
  std::sort(shares.begin(), shares.end());
  const auto quantile = [&](double q) {
    const double rank = std::ceil(q * static_cast<double>(shares.size()));
    return shares[static_cast<size_t>(std::max(rank, 1.0)) - 1];
  };
  return {quantile(0.5), quantile(0.75), quantile(0.99)};
}

run::RunResult TraceSimulation::run() {
  run::RunResult result;
  result.system = experiment::kNoSystem;
  result.workload = experiment::kTraceKey;
  result.seed = options_.seed;
  result_.all.name = "all";
  source_ = load_.trace->invocations();
  engine_.spawn(wait_for_the_end(), "load");
  if (source_->next(next_))
    schedule_arrival();
  else
    nothing_more_arrives();
  if (!engine_.run(Time::at(options_.horizon))) {
    result.horizon = options_.horizon;
    result.failure = fmt::format(
        "the horizon of {} s was reached when {} invocations had arrived and {} had ended; a "
        "larger "
        "horizon_s would help",
        options_.horizon.to_seconds(), arrived_, ended_);
  }
  platform_.settle();
  collect(result);
  if (options_.check)
    add_violations(broken_levels(spec_, platform_.cloud().functions().levels()), result);
  result.completed = result.failure.empty();
  result.makespan = result.load->until;
  result.reported = result.makespan;
  return result;
}

}  // namespace wukong::simulation
