// A made trace with the distributions of a published one. Each is a table of points, in a preset
// with its source (configs/presets/trace); an experiment gives the number of applications, how long
// the trace is, and a seed.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/base/bytes.h"
#include "sim/base/fields.h"
#include "workloads/traces/memory_model.h"

namespace wukong::trace_generator {

// Values, and the share of everything that is at most as large.
struct Points {
  std::vector<double> values;
  std::vector<double> cumulative;

  // As `<key>` and `<cumulative_key>`.
  void visit(FieldVisitor& v, std::string_view key, std::string_view cumulative_key);
};

enum class MemoryModel { table, burr };
constexpr std::string_view kMemoryModelNames[] = {"table", "burr"};
enum class DurationModel { table, lognormal };
constexpr std::string_view kDurationModelNames[] = {"table", "lognormal"};

struct GeneratorOptions {
  int64_t apps = 0;
  double hours = 0;
  int64_t seed = 1;

  Points functions_per_app;
  std::vector<double> trigger_shares;  // of functions, in the order of traces::Trigger
  Points per_day;                      // invocations of an application
  std::vector<double> timer_per_day;   // how often timers usually go off
  double timer_snap_factor = 1;
  // The coefficient of variation of the times between an application's invocations.
  Points variation_only_timers, variation_some_timers, variation_no_timers;
  double periodic_variation = 0;  // up to this one an application is invoked exactly periodically
  std::vector<double> hourly;     // 24: how much of a day's invocations each hour has, but timers'
  DurationModel duration_model = DurationModel::table;
  Points duration_s;  // a function's mean
  double lognormal_mu = 0, lognormal_sigma = 0;
  double duration_sigma = 0;  // within a function, of the logarithm
  MemoryModel memory_model = MemoryModel::table;
  Points memory_mb;  // of an application
  traces::BurrMemory burr;
  traces::MemoryShare memory_share = traces::MemoryShare::equal;
  Bytes payload;

  void visit(FieldVisitor& v);
};

}  // namespace wukong::trace_generator
