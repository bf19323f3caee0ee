#include "workloads/trace_generator/drawn_apps.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"
#include "sim/base/random.h"
#include "workloads/trace_generator/quantile_table.h"

namespace wukong::trace_generator {
namespace {

using traces::TraceFunctionId;
using traces::Trigger;

// Timers go off at most once a minute in the trace's classes, and in cron's syntax.
constexpr double kMostTimerPerDay = 1440;
constexpr size_t kDrawnTriggers = static_cast<size_t>(Trigger::unknown);

QuantileTable table_of(const Points& points, Between between, const std::string& key) {
  return {points.values, points.cumulative, between, key};
}

class AppDrawing {
 public:
  AppDrawing(const GeneratorOptions& options, uint64_t seed, const std::string& key)
      : options_(options), seed_(seed), key_(key) {}

  DrawnApps draw() && {
    draw_sizes();
    draw_triggers();
    draw_rates();
    draw_variations();
    snap_timers();
    draw_memory();
    draw_durations();
    weigh_functions();
    return std::move(drawn_);
  }

 private:
  std::vector<double> probabilities(size_t count, std::string_view stream) const {
    RandomStream random(seed_, stream);
    return stratified_probabilities(count, random);
  }
  std::string below(const std::string& name) const { return key_ + "." + name; }
  size_t app_count() const { return drawn_.apps.size(); }
  size_t function_count() const { return drawn_.table.function_count(); }

  // A number of functions from (one point, the next] is any of them, in the logarithm.
  void draw_sizes() {
    const QuantileTable table =
        table_of(options_.functions_per_app, Between::logarithmic, below("functions_per_app"));
    const auto drawn =
        probabilities(static_cast<size_t>(options_.apps), "trace_generator.functions");
    for (const double probability : drawn) {
      const double size = std::ceil(table.quantile(probability) - 1e-9);
      const size_t number = app_count() + 1;
      const traces::AppId app = drawn_.table.add_app("app" + std::to_string(number));
      DrawnApp& entry = drawn_.apps.emplace_back();
      entry.first_function = TraceFunctionId(function_count());
      entry.functions = static_cast<uint32_t>(std::max(1.0, size));
      if (function_count() + entry.functions > traces::kMostTraceFunctions)
        throw Error(ErrorPlace{"", 0, below("apps")},
                    "at most " + std::to_string(traces::kMostTraceFunctions) + " functions in all",
                    "more");
      for (uint32_t i = 0; i < entry.functions; ++i)
        drawn_.table.add_function({.name = "f" + std::to_string(i + 1), .app = app});
    }
  }

  void draw_triggers() {
    const std::vector<double>& shares = options_.trigger_shares;
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    if (shares.size() != kDrawnTriggers || sum <= 0)
      throw Error(ErrorPlace{"", 0, below("trigger_shares")},
                  std::to_string(kDrawnTriggers) + " numbers, not all 0",
                  std::to_string(shares.size()) + " of the sum " + std::to_string(sum));
    std::vector<double> cumulative(shares.size());
    std::partial_sum(shares.begin(), shares.end(), cumulative.begin());
    const auto drawn = probabilities(function_count(), "trace_generator.triggers");
    for (size_t i = 0; i < drawn.size(); ++i) {
      const auto found =
          std::upper_bound(cumulative.begin(), cumulative.end(), drawn[i] * cumulative.back());
      drawn_.table.function(TraceFunctionId(i)).trigger =
          static_cast<Trigger>(found - cumulative.begin());
    }
    for (DrawnApp& app : drawn_.apps) {
      const auto timers =
          std::count_if(functions_of(app).begin(), functions_of(app).end(),
                        [](const traces::TraceFunction& f) { return f.trigger == Trigger::timer; });
      const bool all = timers == static_cast<long>(app.functions);
      app.mix = all           ? TriggerMix::only_timers
                : timers == 0 ? TriggerMix::no_timers
                              : TriggerMix::some_timers;
    }
  }

  std::span<const traces::TraceFunction> functions_of(const DrawnApp& app) const {
    return std::span(drawn_.table.functions()).subspan(app.first_function.index(), app.functions);
  }

  // An application of timers alone cannot be invoked more often than they go off; it changes its
  // rate with one that can.
  void draw_rates() {
    const QuantileTable table = table_of(options_.per_day, Between::logarithmic, below("per_day"));
    const auto drawn = probabilities(app_count(), "trace_generator.rates");
    for (size_t i = 0; i < app_count(); ++i) drawn_.apps[i].per_day = table.quantile(drawn[i]);
    size_t other = 0;
    for (DrawnApp& app : drawn_.apps) {
      const double most = kMostTimerPerDay * app.functions;
      if (app.mix != TriggerMix::only_timers || app.per_day <= most) continue;
      while (other < app_count() && (drawn_.apps[other].mix == TriggerMix::only_timers ||
                                     drawn_.apps[other].per_day > kMostTimerPerDay))
        ++other;
      if (other == app_count()) return;  // a table of high rates alone
      std::swap(app.per_day, drawn_.apps[other].per_day);
    }
  }

  void draw_variations() {
    const QuantileTable only =
        table_of(options_.variation_only_timers, Between::linear, below("variation_only_timers"));
    const QuantileTable none =
        table_of(options_.variation_no_timers, Between::linear, below("variation_no_timers"));
    table_of(options_.variation_some_timers, Between::linear, below("variation_some_timers"));
    draw_variation(TriggerMix::only_timers, only, "trace_generator.only_timers");
    draw_variation(TriggerMix::no_timers, none, "trace_generator.no_timers");
    const QuantileTable mixed(options_.variation_some_timers.values, mixed_variation(),
                              Between::linear, below("variation_some_timers"));
    draw_variation(TriggerMix::some_timers, mixed, "trace_generator.some_timers");
  }

  size_t count_of(TriggerMix mix) const {
    return static_cast<size_t>(std::count_if(drawn_.apps.begin(), drawn_.apps.end(),
                                             [&](const DrawnApp& app) { return app.mix == mix; }));
  }

  // The published row is of applications with a timer at least, those of timers alone among them.
  std::vector<double> mixed_variation() const {
    const auto only = static_cast<double>(count_of(TriggerMix::only_timers));
    const auto some = static_cast<double>(count_of(TriggerMix::some_timers));
    std::vector<double> cumulative = options_.variation_some_timers.cumulative;
    if (some == 0) return cumulative;
    double previous = 0;
    for (size_t i = 0; i < cumulative.size(); ++i) {
      const double all = cumulative[i] * (only + some);
      const double rest = (all - only * options_.variation_only_timers.cumulative[i]) / some;
      cumulative[i] = previous = std::clamp(rest, previous, 1.0);
    }
    return cumulative;
  }

  void draw_variation(TriggerMix mix, const QuantileTable& table, std::string_view stream) {
    const auto drawn = probabilities(count_of(mix), stream);
    size_t next = 0;
    for (DrawnApp& app : drawn_.apps)
      if (app.mix == mix) app.variation = table.quantile(drawn[next++]);
  }

  void snap_timers() {
    for (DrawnApp& app : drawn_.apps) {
      if (app.mix != TriggerMix::only_timers || app.variation > options_.periodic_variation)
        continue;
      for (const double usual : options_.timer_per_day) {
        const double rate = usual * app.functions;
        const double factor = std::max(rate, app.per_day) / std::min(rate, app.per_day);
        if (factor > options_.timer_snap_factor) continue;
        app.per_day = rate;
        break;
      }
    }
  }

  void draw_memory() {
    const QuantileTable table =
        table_of(options_.memory_mb, Between::logarithmic, below("memory_mb"));
    const auto drawn = probabilities(app_count(), "trace_generator.memory");
    for (size_t i = 0; i < app_count(); ++i) {
      const DrawnApp& app = drawn_.apps[i];
      double megabytes = options_.memory_model == MemoryModel::table
                             ? table.quantile(drawn[i])
                             : options_.burr.quantile(drawn[i]);
      if (options_.memory_share == traces::MemoryShare::equal) megabytes /= app.functions;
      for (uint32_t f = 0; f < app.functions; ++f)
        function_of(app, f).memory = traces::memory_megabytes(megabytes);
    }
  }

  traces::TraceFunction& function_of(const DrawnApp& app, uint32_t number) {
    return drawn_.table.function(TraceFunctionId(app.first_function.index() + number));
  }

  void draw_durations() {
    const QuantileTable table =
        table_of(options_.duration_s, Between::logarithmic, below("duration_s"));
    const auto drawn = probabilities(function_count(), "trace_generator.durations");
    RandomStream random(seed_, "trace_generator.lognormal_durations");
    for (size_t i = 0; i < function_count(); ++i) {
      const double seconds =
          options_.duration_model == DurationModel::table
              ? table.quantile(drawn[i])
              : random.lognormal(portable_exp(options_.lognormal_mu), options_.lognormal_sigma);
      drawn_.table.function(TraceFunctionId(i)).mean_duration = Duration::from_seconds(seconds);
    }
  }

  // By Zipf's law, the first function most; but timers go off once a minute at most, and in an
  // application of timers alone each as often as the others.
  void weigh_functions() {
    drawn_.weights.resize(function_count());
    for (const DrawnApp& app : drawn_.apps) {
      const auto weights =
          std::span(drawn_.weights).subspan(app.first_function.index(), app.functions);
      const auto functions = functions_of(app);
      double timers = 0, others = 0;
      for (size_t i = 0; i < weights.size(); ++i) {
        const bool timer = functions[i].trigger == Trigger::timer;
        weights[i] = app.mix == TriggerMix::only_timers ? 1.0 : 1.0 / static_cast<double>(i + 1);
        (timer ? timers : others) += weights[i];
      }
      const double all = timers + others;
      double timer_scale = 1 / all, other_scale = 1 / all;
      if (app.mix == TriggerMix::some_timers) {
        const auto count = static_cast<double>(
            std::count_if(functions.begin(), functions.end(),
                          [](const auto& f) { return f.trigger == Trigger::timer; }));
        const double most = count * kMostTimerPerDay / app.per_day;
        if (timers / all > most) {
          timer_scale = most / timers;
          other_scale = (1 - most) / others;
        }
      }
      for (size_t i = 0; i < weights.size(); ++i) {
        weights[i] *= functions[i].trigger == Trigger::timer ? timer_scale : other_scale;
        function_of(app, static_cast<uint32_t>(i)).invocations_per_day = app.per_day * weights[i];
      }
    }
  }

  const GeneratorOptions& options_;
  uint64_t seed_;
  const std::string& key_;
  DrawnApps drawn_;
};

}  // namespace

DrawnApps draw_apps(const GeneratorOptions& options, uint64_t seed, const std::string& key) {
  ENSURE(options.apps > 0, options.apps);
  return AppDrawing(options, seed, key).draw();
}

}  // namespace wukong::trace_generator
