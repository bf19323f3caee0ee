// Watches one run from its beginning to its end: a trace file, a live view. It hears what hosts are
// busy with (SpanSink), and may look at the platform while it hears; it must not change anything.
#pragma once

#include "sim/engine/span_sink.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::run {

struct RunResult;

class RunListener : public engine::SpanSink {
 public:
  // Before the system is made. Both outlive the call of `finish`.
  virtual void start(const platform::Platform& platform, const dag::Dag& dag) = 0;
  // After the last span has ended, whether the run completed or not.
  virtual void finish(Time now, const RunResult& result) = 0;
};

}  // namespace wukong::run
