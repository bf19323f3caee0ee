// What became of a load: of the jobs that arrived, or of the invocations of a trace. In bounded
// memory, however many there were.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/statistics/quantile_sketch.h"
#include "sim/base/money.h"
#include "sim/base/time.h"

namespace wukong::run {

// A sketch holds durations, so a ratio is in it as so many nanoseconds for each millionth.
inline Duration sketched_slowdown(Duration response, Duration alone) {
  return Duration::nanoseconds(std::llround(response.to_seconds() / alone.to_seconds() * 1e6));
}
inline double slowdown_of(Duration sketched) {
  return static_cast<double>(sketched.count_ns()) * 1e-6;
}

// Jobs of one kind, or of all kinds.
struct LoadGroup {
  std::string name;
  uint64_t arrived = 0;
  uint64_t failed = 0;
  uint64_t left_out = 0;  // they arrived in the warm-up, and are in nothing below
  // From the arrival to the results; of those that did not fail.
  statistics::QuantileSketch response;
  // The response, relative to what the kind takes alone on an idle platform: slowdown_of().
  statistics::QuantileSketch slowdown;
  // Between the acceptance of a function and its start, of a job's functions on average.
  statistics::QuantileSketch queueing;
  // What the kind takes alone; of all kinds: nothing.
  std::optional<Duration> alone;
  uint64_t invocations = 0;
  uint64_t cold_starts = 0;
  Money cost;
  std::string first_failure;
};

// A level's means over equal parts of the run.
struct TimeLine {
  Duration part;
  std::vector<double> means;
};

// Of the applications of a trace, each with the same weight: means over invocations are those of
// the few that most of them are of.
struct ByApplication {
  double cold_share_p50 = 0;
  double cold_share_p75 = 0;
  double cold_share_p99 = 0;
};

struct LoadResult {
  LoadGroup all;
  std::vector<LoadGroup> groups;  // by kind of jobs
  std::optional<ByApplication> by_application;
  Duration until;     // the last arrival's end
  Money shared_cost;  // of what no job pays for by itself
  // Environments that were there and ran nothing: memory times time.
  double idle_gb_s = 0;
  double mean_running = 0;
  double mean_environments = 0;
  TimeLine running;
  TimeLine environments;
};

}  // namespace wukong::run
