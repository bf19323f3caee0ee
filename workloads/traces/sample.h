// A part of a trace that keeps its load's shape: fewer applications with the same distribution of
// popularity, a window of time, another rate.
//
// - Applications: all are ordered by their invocations and cut into as many strata of equal size as
//   applications are wanted; one of each is drawn. (Shahrad et al., ATC'20, and dslab-faas take
//   quantiles of popularity too.) All functions of an application come with it.
// - Time: the invocations of a window; its start becomes time zero.
// - Rate below 1: each invocation is kept with that probability. Above 1: each is there as often as
//   the rate says, on average, its copies delayed by a uniform draw from `copy_spread_s`, so that
//   they are not all at one instant. What is random depends on the seed alone.
#pragma once

#include <memory>
#include <optional>

#include "sim/base/fields.h"
#include "workloads/traces/trace.h"

namespace wukong::traces {

struct SampleOptions {
  std::optional<int64_t> apps;  // nothing: all
  Duration start;
  std::optional<Duration> length;  // nothing: to the end
  double rate = 1;
  Duration copy_spread = Duration::seconds(60);

  // As `apps`, `start_hours`, `hours`, `rate`, `copy_spread_s`.
  void visit(FieldVisitor& v);
};

// Functions are numbered anew, without those that are left out. Throws Error if the trace has fewer
// apps than are asked for, or none.
std::unique_ptr<Trace> sampled(std::unique_ptr<Trace> trace, const SampleOptions& options,
                               uint64_t seed);

}  // namespace wukong::traces
