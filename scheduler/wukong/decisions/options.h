// The parameters of Wukong: each optimisation has a switch of its own, each constant a key in
// configs/presets/system/wukong.yaml with its source.
#pragma once

#include <optional>

#include "scheduler/policy/client_options.h"
#include "scheduler/policy/options.h"
#include "scheduler/policy/retry_options.h"
#include "sim/storage/storage_spec.h"

namespace wukong::wukong_decisions {

struct WukongOptions final : scheduler::Options {
  storage::StoreSpec store;       // of intermediate objects
  std::string scheduler_machine;  // runs the static scheduler and its invokers
  std::string metadata_machine;   // runs the metadata store and the storage proxy
  bool bill_metadata_machine = true;

  // Initial invocations.
  int64_t invokers = 0;  // processes beside the scheduler, which invokes too
  Duration batch_interval;
  int64_t invoker_function_threshold = 0;  // more leaves than this: by invoker functions
  // Leaves that one of those invokes; absent: as many as each process invokes of those, so that
  // both levels of the tree take equally long.
  std::optional<int64_t> invoker_function_batch;
  int64_t invoker_function_memory_mb = 0;
  Duration invoker_function_time_limit;

  // Static schedules and payloads.
  Duration submit_time;  // of the client: it makes and optimises the graph, and hands it over
  Duration schedule_time_per_task;  // of the static scheduler: the search, the task's payload
  Duration schedule_time_per_stored_node;  // and of each node of a path that it stores
  Bytes schedule_node_bytes;               // of one task in a path: code and keys
  Bytes inline_argument_limit;    // schedule and arguments travel in the payload up to this size
  bool inline_arguments = false;  // or only the schedule; arguments through the object store
  double inline_encoding_factor = 1;  // growth of a value in a payload or message

  // Fan-outs.
  int64_t proxy_threshold = 0;  // out-edges from which the proxy invokes
  int64_t proxy_invokers = 0;

  // Large objects: outputs of at least the threshold (the released code's one switch, its
  // big_task_threshold). The others are this program's: without clustering_fan_out every object
  // counts as small; without clustering_fan_in a fan-in that became ready while the object was
  // written gets an executor of its own.
  Bytes large_object_threshold;
  bool clustering_fan_out = false;
  bool clustering_fan_in = false;
  bool delayed_io = false;
  int64_t delayed_io_tries = 0;
  Duration delayed_io_step;     // wait after the k-th try: k steps,
  Duration delayed_io_longest;  // but no longer than this

  // An executor takes on a further task (by clustering, delayed I/O or become) only if that is
  // expected to end before its function's time limit; else the task gets an executor of its own.
  bool stay_within_time_limit = false;

  // As at PDSW'19: the executor goes on with its schedule's first successor or with nothing, and
  // arrives there as at any other; what else is ready is invoked.
  bool become_first_only = false;

  // Fan-ins.
  bool bit_counters = false;  // idempotent: a bit per predecessor instead of an integer
  // Before it runs a task, an executor claims it at the metadata store, by one conditional write; a
  // task that another invocation holds is left to that. So an executor that runs again, or is
  // invoked again, repeats its own tasks and no other's.
  bool claim_tasks = false;

  // The executor itself.
  Duration task_overhead;         // per task: dependency processing in Python
  Duration serialize_time;        // per task: its output is pickled, if only to learn its size
  Bandwidth serialize_bandwidth;  // and an output that stays here; a store's client pickles others
  int64_t eviction_checks = 0;    // EXISTS at the metadata store for each task, to drop objects
  bool publish_tasks = false;     // a message to the scheduler for each task that has ended
  int64_t metric_pushes = 0;      // LPUSH to the metadata store before an executor ends
  int64_t connection_round_trips = 0;  // before a container's first request to a node of the store
  bool warm_containers_are_connected = false;  // from runs before this one
  scheduler::RetryOptions storage_retry;
  scheduler::RetryOptions counter_retry;

  // Results.
  bool gather_results = false;  // or the client is told of them, and leaves them where they are
  scheduler::ClientOptions client;

  void visit(FieldVisitor& v) override;
};

}  // namespace wukong::wukong_decisions
