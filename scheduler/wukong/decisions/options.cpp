#include "scheduler/wukong/decisions/options.h"

#include "sim/base/fields.h"

namespace wukong::wukong_decisions {

void WukongOptions::visit(FieldVisitor& v) {
  v.group("store", store);
  v.field("scheduler_machine", scheduler_machine);
  v.field("metadata_machine", metadata_machine);
  v.field("bill_metadata_machine", bill_metadata_machine);

  v.field("invokers", invokers, Bounds{0, 10'000});
  v.duration("batch_interval_ms", batch_interval);
  v.field("invoker_function_threshold", invoker_function_threshold, kCountOrNone);
  v.optional("invoker_function_batch", invoker_function_batch,
             [&](int64_t& batch) { v.field("invoker_function_batch", batch, kCount); });
  v.field("invoker_function_memory_mb", invoker_function_memory_mb, kCount);
  v.duration("invoker_function_time_limit_s", invoker_function_time_limit, kPositive);

  v.duration("submit_time_ms", submit_time);
  v.duration("schedule_time_per_task_us", schedule_time_per_task);
  v.duration("schedule_time_per_stored_node_us", schedule_time_per_stored_node);
  v.bytes("schedule_node_bytes", schedule_node_bytes);
  v.bytes("inline_argument_limit_bytes", inline_argument_limit);
  v.field("inline_arguments", inline_arguments);
  v.field("inline_encoding_factor", inline_encoding_factor, Bounds{1, 10});

  v.field("proxy_threshold", proxy_threshold, Bounds{1, 1e9});
  v.field("proxy_invokers", proxy_invokers, Bounds{1, 10'000});

  v.bytes("large_object_threshold_mb", large_object_threshold);
  v.field("clustering_fan_out", clustering_fan_out);
  v.field("clustering_fan_in", clustering_fan_in);
  v.field("delayed_io", delayed_io);
  v.field("delayed_io_tries", delayed_io_tries, kCount);
  v.duration("delayed_io_step_s", delayed_io_step, kPositive);
  v.duration("delayed_io_longest_s", delayed_io_longest, kPositive);
  v.field("become_first_only", become_first_only);
  v.field("stay_within_time_limit", stay_within_time_limit);

  v.field("bit_counters", bit_counters);
  v.field("claim_tasks", claim_tasks);

  v.duration("task_overhead_ms", task_overhead);
  v.duration("serialize_time_ms", serialize_time);
  v.bandwidth("serialize_mb_per_s", serialize_bandwidth);
  v.field("eviction_checks", eviction_checks, Bounds{0, 100});
  v.field("publish_tasks", publish_tasks);
  v.field("metric_pushes", metric_pushes, Bounds{0, 100});
  v.field("connection_round_trips", connection_round_trips, Bounds{0, 100});
  v.field("warm_containers_are_connected", warm_containers_are_connected);
  v.group("storage_retry", storage_retry);
  v.group("counter_retry", counter_retry);
  v.field("gather_results", gather_results);
  v.group("client", client);
}

}  // namespace wukong::wukong_decisions
