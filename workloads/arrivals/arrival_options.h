// How jobs arrive, as an experiment says it: exactly one of
//
//   arrivals: {all_at_once: true}
//   arrivals: {poisson_per_minute: 30}
//   arrivals: {bursts: {quiet_per_minute: 2, burst_per_minute: 120, quiet_s: 300, burst_s: 20}}
//   arrivals: {periodic: {every_s: 60, jobs: 10}}
//   arrivals: {day_curve: {per_minute: 30, hourly: [0.5, ... 24 of them]}}
//   arrivals: {list: jobs.csv}
//   arrivals: {trace: {azure_2021: FILE, hours: 1}}
//
// make_arrivals() makes the process. Those that draw never end by themselves; `count` ends them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/fields.h"
#include "sim/base/time.h"
#include "workloads/arrivals/arrivals.h"
#include "workloads/trace_catalog/trace_options.h"

namespace wukong::arrivals {

// A Markov-modulated Poisson process of two states: in each, jobs arrive at a rate of its own; how
// long a state lasts is exponential. It begins in a state drawn by how much of the time each has.
struct BurstOptions {
  double quiet_per_minute = 0;
  double burst_per_minute = 0;  // no default
  Duration quiet;               // the mean; no default
  Duration burst;

  void visit(FieldVisitor& v);
};

// `jobs` together, and again every so often; the first at time zero.
struct PeriodicOptions {
  Duration every;  // no default
  int64_t jobs = 1;

  void visit(FieldVisitor& v);
};

// A Poisson process whose rate follows the hours of the day, again every day.
struct DayCurveOptions {
  double per_minute = 0;       // the day's mean; no default
  std::vector<double> hourly;  // 24, relative to one another; no default

  void visit(FieldVisitor& v);
};

struct ArrivalOptions {
  bool all_at_once = false;
  std::optional<double> poisson_per_minute;
  std::optional<BurstOptions> bursts;
  std::optional<PeriodicOptions> periodic;
  std::optional<DayCurveOptions> day_curve;
  // A CSV of the columns time_s and job, in time order, gzip'd or not (job_list.h).
  std::optional<InputFile> list;
  // Whose invocations are the jobs (trace_arrivals.h).
  std::optional<trace_catalog::TraceOptions> trace;

  void visit(FieldVisitor& v);
};

// What jobs there are: a name and a weight each. A job's kind is drawn by weight, but in a list,
// which names it; of a trace, that of each function is.
struct JobMix {
  std::vector<std::string> names;
  std::vector<double> weights;  // as many; at least one above zero
};

struct ArrivalLimits {
  std::optional<int64_t>
      count;               // nothing: as many as come; only a list and a trace end by themselves
  Time end = Time::max();  // none at it or later
};

// Throws Error, placed below `key` ("workload.jobs.arrivals"), if not exactly one process is given,
// for what does not go together, and for bad files. REQUIRES: files have been read.
std::unique_ptr<Arrivals> make_arrivals(const ArrivalOptions& options, const JobMix& mix,
                                        const ArrivalLimits& limits, uint64_t seed,
                                        const std::string& key);

}  // namespace wukong::arrivals
