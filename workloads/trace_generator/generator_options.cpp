#include "workloads/trace_generator/generator_options.h"

#include <string>

namespace wukong::trace_generator {
namespace {

constexpr Bounds kGeneratedApps{1, 1e6, "each takes memory of its own"};
constexpr Bounds kGeneratedHours{1e-6, 1e5};
constexpr Bounds kTableValue{0, 1e9};
constexpr Bounds kFactorFromOne{1, 100};

void visit_variations(GeneratorOptions& options, FieldVisitor& v) {
  v.about("Coefficients of variation of the times between an application's invocations")
      .numbers("variation", options.variation_only_timers.values, kTableValue);
  options.variation_some_timers.values = options.variation_only_timers.values;
  options.variation_no_timers.values = options.variation_only_timers.values;
  v.about("The share of applications with nothing but timers up to each of them")
      .numbers("variation_only_timers", options.variation_only_timers.cumulative, kFraction);
  v.about("That of applications with a timer at least")
      .numbers("variation_some_timers", options.variation_some_timers.cumulative, kFraction);
  v.about("That of applications without timers")
      .numbers("variation_no_timers", options.variation_no_timers.cumulative, kFraction);
  v.about("Up to this coefficient an application is invoked exactly periodically")
      .field("periodic_variation", options.periodic_variation, kFraction);
}

void visit_memory(GeneratorOptions& options, FieldVisitor& v) {
  v.about("Whether an application's memory is of the table or of the Burr distribution")
      .choice("memory_model", options.memory_model, kMemoryModelNames);
  v.about("Memory of applications");
  options.memory_mb.visit(v, "memory_mb", "memory_cumulative");
  v.group("burr", options.burr);
  v.about("What each function has of it: an equal part, or the whole")
      .choice("memory_share", options.memory_share, traces::kMemoryShareNames);
}

}  // namespace

void Points::visit(FieldVisitor& v, std::string_view key, std::string_view cumulative_key) {
  v.numbers(key, values, kTableValue);
  v.about("The share of those that are at most as large")
      .numbers(cumulative_key, cumulative, kFraction);
}

void GeneratorOptions::visit(FieldVisitor& v) {
  v.about("Applications").field("apps", apps, kGeneratedApps);
  v.about("How long the trace is").field("hours", hours, kGeneratedHours);
  v.about("Another seed, another trace").field("seed", seed, {0, 9e15});
  v.about("Functions of an application");
  functions_per_app.visit(v, "functions_per_app", "functions_per_app_cumulative");
  v.about(
       "Shares of functions invoked by http, queue, event, timer, orchestration, storage and "
       "others")
      .numbers("trigger_shares", trigger_shares, {0, 1e9});
  v.about("Invocations of an application in a day");
  per_day.visit(v, "per_day", "per_day_cumulative");
  v.about("How often in a day timers usually go off")
      .numbers("timer_per_day", timer_per_day, {1e-6, 1e9});
  v.about("An application of timers that is up to this factor from one of those has just that rate")
      .field("timer_snap_factor", timer_snap_factor, kFactorFromOne);
  visit_variations(*this, v);
  v.about("24 numbers: how much of a day's invocations comes in each hour, but of timers")
      .numbers("hourly", hourly, {0, 1e9});
  v.about("Whether a function's mean duration is of the table or of the log-normal distribution")
      .choice("duration_model", duration_model, kDurationModelNames);
  v.about("Mean durations of functions");
  duration_s.visit(v, "duration_s", "duration_cumulative");
  v.about("The logarithm of the log-normal distribution's median in seconds")
      .field("lognormal_mu", lognormal_mu, {-20, 20});
  v.about("Its deviation").field("lognormal_sigma", lognormal_sigma, kSigma);
  v.about("Durations of one function are log-normal around its mean, with this deviation")
      .field("duration_sigma", duration_sigma, kSigma);
  visit_memory(*this, v);
  v.about("What each invocation sends").bytes("payload_bytes", payload);
}

}  // namespace wukong::trace_generator
