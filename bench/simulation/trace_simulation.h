// The invocations of a trace on an account: each arrives at the function service at its time, and
// its function takes what the trace says, after a cold start if no environment is warm. There is no
// system, no caller and no DAG. Memory is that of the functions, the environments and what is under
// way, however long the trace is.
#pragma once

#include <memory>
#include <vector>

#include "bench/run/run_result.h"
#include "bench/simulation/run_options.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "sim/engine/sync.h"
#include "sim/engine/task.h"
#include "sim/functions/keep_alive/future_arrivals.h"
#include "sim/functions/lambda_client.h"
#include "sim/platform/platform.h"
#include "workloads/traces/trace.h"

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::simulation {

struct TraceLoad {
  const traces::Trace* trace = nullptr;  // outlives the run
  Duration warm_up;                      // invocations that arrive before are in no statistics
};

class TraceSimulation final : functions::TimedWatcher {
 public:
  // What is given outlives the simulation. Throws Error if the platform does not offer a function
  // of the trace.
  TraceSimulation(const platform::PlatformSpec& platform, const TraceLoad& load,
                  const RunOptions& options);
  TraceSimulation(const TraceSimulation&) = delete;
  TraceSimulation& operator=(const TraceSimulation&) = delete;
  ~TraceSimulation() override;

  // Once: until all invocations have ended, or to the horizon. Throws Error if the trace's file has
  // changed.
  run::RunResult run();

 private:
  // Of an application, in what counts.
  struct AppCounts {
    uint64_t ended = 0;
    uint64_t cold = 0;
  };

  void add_functions();
  void schedule_arrival();
  void arrive();
  void nothing_more_arrives();
  engine::Task<> wait_for_the_end();
  void ended(const functions::TimedEnd& end) override;
  run::ByApplication by_application() const;
  void collect(run::RunResult& result);

  const platform::PlatformSpec& spec_;
  const TraceLoad load_;
  const RunOptions options_;
  engine::VirtualClock clock_;
  engine::Engine engine_;
  std::unique_ptr<keep_alive::FutureArrivals> future_;  // of a policy that knows it
  platform::Platform platform_;
  std::vector<FunctionId> functions_;  // by the trace's
  std::vector<traces::AppId> apps_;    // by the service's
  std::vector<AppCounts> counts_;      // by application
  run::LoadResult result_;
  std::unique_ptr<traces::InvocationSource> source_;
  traces::Invocation next_;
  uint64_t arrived_ = 0;
  uint64_t ended_ = 0;
  bool all_arrived_ = false;
  engine::Event all_ended_;
};

}  // namespace wukong::simulation
