// Watches one run from its beginning to its end: a trace file, a live view. It hears what hosts are
// busy with (SpanSink), and may look at the platform while it hears; it must not change anything.
#pragma once

#include "sim/engine/span_sink.h"
#include "sim/platform/platform.h"
#include "workloads/dag.h"

namespace wukong::bench {

struct RunResult;

class RunListener : public sim::SpanSink {
 public:
  // Before the system is made. Both outlive the call of `finish`.
  virtual void start(const sim::Platform& platform, const workloads::Dag& dag) = 0;
  // After the last span has ended, whether the run completed or not.
  virtual void finish(Time now, const RunResult& result) = 0;
};

}  // namespace wukong::bench
