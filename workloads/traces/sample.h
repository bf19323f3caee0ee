// A part of a trace that keeps its load's shape: fewer applications with the same distribution of
// popularity, a window of time, another rate.
//
// - Applications: those that the trace invokes are ordered by how often, and cut into as many
//   strata of equal size as applications are wanted; one of each is drawn. (ATC'20 and dslab-faas
//   take quantiles of popularity too.) All functions of an application come with it.
// - Time: the invocations of a window; its start becomes time zero.
// - Rate below 1: each invocation is kept with that probability. Above 1: each is there as often as
//   the rate says, on average, its copies delayed by a uniform draw from `copy_spread_s`, so that
//   they are not all at one instant. What is random depends on the seed alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "sim/base/fields.h"
#include "sim/base/time.h"
#include "workloads/traces/trace.h"

namespace wukong::traces {

struct SampleOptions {
  std::optional<int64_t> apps;  // nothing: all
  double start_hours = 0;
  std::optional<double> hours;  // nothing: to the end
  double rate = 1;
  Duration copy_spread = Duration::seconds(60);

  // As `apps`, `start_hours`, `hours`, `rate`, `copy_spread_s`.
  void visit(FieldVisitor& v);
};

// Functions are numbered anew, without those that are left out. Throws Error below `key` if the
// trace has fewer applications that are invoked than are asked for.
std::unique_ptr<Trace> sampled(std::unique_ptr<Trace> trace, const SampleOptions& options,
                               uint64_t seed, const std::string& key);

}  // namespace wukong::traces
