#include "scheduler/dask/common/options.h"

#include "sim/network/link_fields.h"

namespace wukong::dask_common {

void DaskMemoryOptions::visit(FieldVisitor& v) {
  v.bytes("limit_gb", limit, kPositive);
  v.bytes("process_mb", process);
  v.field("spill_target", spill_target, kFraction);
  v.field("spill_process", spill_process, kFraction);
  v.field("pause", pause, kFraction);
  v.field("terminate", terminate, kFraction);
  v.interval("monitor_interval_ms", monitor_interval);
  v.interval("terminate_interval_ms", terminate_interval);
  v.duration("restart_time_s", restart_time);
}

void DaskStealingOptions::visit(FieldVisitor& v) {
  v.field("enabled", enabled);
  v.interval("interval_s", interval);
  v.duration("latency_ms", latency);
  v.duration("shortest_ms", shortest);
}

void DaskClientOptions::visit(FieldVisitor& v) {
  v.duration("time_ms", time);
  results.visit(v);
}

void DaskOptions::visit(FieldVisitor& v) {
  v.field("scheduler_machine", scheduler_machine);
  workers.visit(v);
  v.field("worker_threads", worker_threads, Bounds{1, 1000});
  v.bandwidth("disk_mb_per_s", disk);
  v.bandwidth("disk_cache_mb_per_s", disk_cache);
  v.bytes("disk_cache_gb", disk_cache_size);
  v.bytes("disk_gb", disk_capacity);

  v.duration("graph_time_per_task_us", graph_time_per_task);
  v.duration("assign_time_us", assign_time);
  v.duration("send_time_us", send_time);
  v.duration("finish_time_us", finish_time);
  v.duration("scheduler_batch_ms", scheduler_batch);
  v.duration("worker_batch_ms", worker_batch);
  v.duration("message_latency_us", message_latency);
  v.duration("unknown_duration_ms", unknown_duration, kPositive);
  v.field("duration_weight", duration_weight, kFraction);
  v.bandwidth("bandwidth_mb_per_s", bandwidth);
  v.field("bandwidth_weight", bandwidth_weight, kFraction);
  v.bytes("bandwidth_sample_mb", bandwidth_sample);
  v.field("allowed_failures", allowed_failures, Bounds{0, 100});
  v.field("gather_results", gather_results);
  v.group("client", client);
  v.group("stealing", stealing);

  v.duration("task_overhead_us", task_overhead);
  process.visit(v);
  v.duration("message_time_us", message_time);
  v.bandwidth("communication_mb_per_s", communication);
  v.field("outgoing_requests", outgoing_requests, kCount);
  v.field("incoming_requests", incoming_requests, kCount);
  v.bytes("request_mb", request_bytes);
  v.duration("busy_wait_ms", busy_wait, kPositive);
  v.field("busy_growth", busy_growth, Bounds{1, 10});
  v.group("memory", memory);
}

}  // namespace wukong::dask_common
