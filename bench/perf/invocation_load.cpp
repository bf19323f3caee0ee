// A day of 8.6 million invocations on the function service, with every model of it that is not
// switched off by a number, beside a bare loop of arrivals, warm pools and departures. Both read
// the same Poisson trace, which is made as it is read. Memory is that of a load with so many
// invocations in flight that what else there is does not count.
#include <fmt/format.h>

#include <string>

#include "bench/experiment/preset_setup.h"
#include "bench/perf/bare_invocations.h"
#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "bench/perf/memory_meter.h"
#include "bench/run/run_result.h"
#include "bench/simulation/trace_simulation.h"
#include "sim/base/check.h"
#include "workloads/trace_generator/poisson_trace.h"

namespace wukong::perf {
namespace {

constexpr double kInvocationsPerSecond = 100;
constexpr uint64_t kInvocations = 8'640'000;

// The bare loop has nothing that is drawn but the load, no limit that is reached, and no step in
// which idle environments are looked for.
platform::PlatformSpec load_platform() {
  return experiment::preset_platform(
      "{preset: aws-2020, functions: {account_concurrency: 1000000, "
      "scaling: {burst: 1000000}, invocation: {start_latency_ms: 0, start_latency_sigma: 0}, "
      "environment: {speed_sigma: 0}, "
      "warm_pool: {eviction: fixed, keep_alive_s: 600, eviction_granularity_s: 0}}}");
}

std::unique_ptr<traces::Trace> load_trace(int64_t functions, double mean_s, double hours) {
  const trace_generator::PoissonOptions options{
      .functions = functions,
      .per_s = kInvocationsPerSecond / static_cast<double>(functions),
      .mean = Duration::from_seconds(mean_s),
      .hours = hours};
  return trace_generator::make_poisson_trace(options, 1, "load");
}

run::RunResult simulate_load(const platform::PlatformSpec& platform, const traces::Trace& trace) {
  simulation::TraceSimulation simulation(platform, {.trace = &trace, .warm_up = {}},
                                         {.horizon = Duration::seconds(1'000'000)});
  run::RunResult result = simulation.run();
  ENSURE(result.completed, result.failure);
  return result;
}

double load_seconds(const platform::PlatformSpec& platform, const traces::Trace& trace) {
  const Stopwatch stopwatch;
  const run::RunResult result = simulate_load(platform, trace);
  const double seconds = stopwatch.seconds();
  ENSURE(result.invocations > kInvocations * 99 / 100, result.invocations);
  return seconds;
}

double bare_load_seconds(const traces::Trace& trace) {
  const Stopwatch stopwatch;
  BareInvocations bare(trace.functions().function_count(), 600'000'000'000);
  const auto source = trace.invocations();
  const BareInvocations::Counts counts = bare.run(*source);
  const double seconds = stopwatch.seconds();
  ENSURE(counts.invocations > kInvocations * 99 / 100, counts.invocations);
  keep(counts);
  return seconds;
}

// Of 150,000 in flight at the same time, each of which had a cold start; and of ten times as many
// invocations with few in flight, which should leave nothing behind.
void note_memory(Harness& harness, const platform::PlatformSpec& platform) {
  const auto peak_of = [&](double mean_s, double hours, double& most_running) {
    const auto trace = load_trace(1, mean_s, hours);
    const MemoryMeter meter;
    const run::RunResult result = simulate_load(platform, *trace);
    most_running = static_cast<double>(result.peak_concurrency);
    return meter.peak();
  };
  double many = 0, few = 0, same = 0;
  const double many_bytes = peak_of(1500, 2, many);
  const double hour_bytes = peak_of(0.5, 1, few);
  const double day_bytes = peak_of(0.5, 10, same);
  if (many_bytes > 0)
    harness.note(fmt::format(
        "peak memory: {:.0f} bytes for each of {:.0f} in flight; {:.2f} more for each that is over",
        many_bytes / many, many, (day_bytes - hour_bytes) / (9 * 3600 * kInvocationsPerSecond)));
}

}  // namespace

void benchmark_invocation_load(Harness& harness) {
  const platform::PlatformSpec platform = load_platform();
  for (const int64_t functions : {1, 30}) {
    const auto trace = load_trace(functions, 0.5, 24);
    const std::string name =
        fmt::format("load of 8.6 million, {} function{}", functions, functions == 1 ? "" : "s");
    harness.compare(
        name, kInvocations, [&] { return load_seconds(platform, *trace); },
        [&] { return bare_load_seconds(*trace); });
    if (functions == 1 && harness.wanted(name)) note_memory(harness, platform);
  }
}

}  // namespace wukong::perf
