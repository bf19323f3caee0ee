#include "scheduler/numpywren/options.h"

#include "sim/base/fields.h"

namespace wukong::numpywren {
namespace {

constexpr std::string_view kWorkerPerNames[] = {"none", "result", "starter"};
constexpr std::string_view kClockNames[] = {"before_enqueueing", "after_launch"};
constexpr std::string_view kScalingNames[] = {"constant_timeout", "dynamic", "scale_factor"};

}  // namespace

void NumpywrenOptions::visit(FieldVisitor& v) {
  v.group("store", store);
  v.field("client_machine", client_machine);
  v.field("control_machine", control_machine);
  v.field("workers", workers,
          Bounds{1, 100'000, "each is a function that takes memory and polls the queue"});
  v.choice("worker_per", worker_per, kWorkerPerNames);
  v.optional("start_workers", start_workers, [&](int64_t& count) {
    v.field("start_workers", count,
            Bounds{1, 10'000, "each is a function that takes memory and polls the queue"});
  });
  v.choice("start_per", start_per, kWorkerPerNames);
  v.choice("clock", clock, kClockNames);
  v.field("pipeline_width", pipeline_width,
          Bounds{1, 100, "each slot of each worker polls the queue"});
  v.duration("worker_timeout_s", worker_timeout, kPositive);
  v.interval("driver_poll_s", driver_poll);
  v.duration("driver_look_time_ms", driver_look_time);
  v.choice("scaling", scaling, kScalingNames);
  v.field("relaunch_fraction", relaunch_fraction, kFactor);
  v.duration("launch_interval_s", launch_interval);
  v.field("scale_factor", scale_factor, kFactor);
  v.duration("idle_timeout_s", idle_timeout, kPositive);
  v.duration("compile_time_s", compile_time);
  v.duration("enqueue_setup_s", enqueue_setup);
  v.duration("analysis_time_ms", analysis_time);
  v.bandwidth("zero_scan_gb_per_s", zero_scan);
  v.duration("receive_visibility_s", receive_visibility, kPositive);
  v.duration("renew_visibility_s", renew_visibility, kPositive);
  v.interval("renew_interval_s", renew_interval);
  v.field("renewals", renewals, kCountOrNone);
  v.duration("client_time_ms", client_time);
  v.duration("pool_time_ms", pool_time);
  v.field("connections_per_pool", connections_per_pool, kCount);
  v.field("connections_per_worker", connections_per_worker, kCountOrNone);
  v.duration("request_time_limit_s", request_time_limit, kPositive);
  v.group("storage_retry", storage_retry);
  v.group("pywren", pywren);
}

}  // namespace wukong::numpywren
