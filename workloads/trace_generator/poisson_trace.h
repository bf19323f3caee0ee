// The load of queueing theory: functions that are invoked by Poisson processes of one rate, and
// whose durations are exponential or constant. So what the platform makes of it is known in closed
// form. It is made as it is read, and takes the memory of its functions.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sim/base/fields.h"
#include "sim/base/time.h"
#include "workloads/traces/trace.h"

namespace wukong::trace_generator {

enum class PoissonDurations { exponential, constant };
constexpr std::string_view kPoissonDurationNames[] = {"exponential", "constant"};

struct PoissonOptions {
  int64_t functions = 1;
  double per_s = 0;  // of each function; no default
  Duration mean;     // duration; no default
  PoissonDurations durations = PoissonDurations::exponential;
  int64_t memory_mb = 128;
  double hours = 0;  // no default
  int64_t seed = 1;

  void visit(FieldVisitor& v);
};

// The trace depends on `seed` and on options.seed. Throws Error below `key` if something that has
// no default is missing.
std::unique_ptr<traces::Trace> make_poisson_trace(const PoissonOptions& options, uint64_t seed,
                                                  const std::string& key);

}  // namespace wukong::trace_generator
