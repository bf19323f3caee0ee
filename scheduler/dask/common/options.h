// The parameters of Dask.distributed: the cluster's shape, what the scheduler and the workers spend
// per task and per message, and the rules for stealing and memory. Values, units and sources are in
// configs/presets/system/dask-*.yaml.
#pragma once

#include "scheduler/dask/common/rental.h"
#include "scheduler/policy/client_options.h"
#include "scheduler/policy/options.h"
#include "sim/network/network_spec.h"

namespace wukong::dask_common {

// Of one worker process. Fractions are of the worker's memory.
struct DaskMemoryOptions {
  Bytes limit;                  // the worker's memory
  Bytes process;                // of the interpreter and its libraries, before any object
  double spill_target = 0;      // objects in memory beyond this: the oldest go to disk at once
  double spill_process = 0;     // the process beyond this: the monitor spills down to the target
  double pause = 0;             // the process beyond this: no further task starts
  double terminate = 0;         // the process beyond this: the nanny kills it
  Duration monitor_interval;    // the worker looks at its memory
  Duration terminate_interval;  // the nanny looks at it
  Duration restart_time;        // until a killed worker is back, empty

  void visit(FieldVisitor& v);
};

struct DaskStealingOptions {
  bool enabled = true;
  Duration interval;
  Duration latency;   // of moving a task, in the rule
  Duration shortest;  // tasks that are expected to be shorter stay

  void visit(FieldVisitor& v);
};

// The program that submits the graph and gets the results.
struct DaskClientOptions {
  Duration time;  // per graph: optimising it, handing it to the client's event loop
  scheduler::ClientOptions results;

  void visit(FieldVisitor& v);
};

// Of one Python process.
struct DaskProcessOptions {
  Bandwidth new_memory;   // that it gets from the kernel, for all of its threads
  Duration predict_call;  // Python code of a prediction, however many samples it is for

  void visit(FieldVisitor& v);
};

struct DaskOptions final : scheduler::Options {
  // The cluster.
  std::string scheduler_machine;
  DaskRental workers;
  int64_t worker_threads = 1;
  // For what workers spill; each has an equal part of its machine's capacities. What fits into the
  // operating system's page cache stays there until it is read again, and deleted.
  Bytes disk_cache_size;  // of one machine
  Bandwidth disk_cache;   // of one worker, which serialises and copies
  Bytes disk_capacity;    // of one machine
  Bandwidth disk;         // of one machine

  // The scheduler: one thread, so these are service times of a queue.
  Duration graph_time_per_task;  // in the client: hashing and serialising the graph
  Duration assign_time;          // of a task that becomes ready
  Duration send_time;            // of what goes to one worker, whose connection has its own buffer
  Duration finish_time;          // of the message that a task has finished or an object has arrived
  Duration scheduler_batch;      // messages to a worker leave at most so often
  Duration worker_batch;         // messages of a worker leave at most so often
  Duration message_latency;      // one way
  Duration unknown_duration;     // expected of a kind of task that has not run yet
  double duration_weight = 0;    // of a new measurement in the mean of a kind's durations
  Bandwidth bandwidth;           // expected at first,
  double bandwidth_weight = 0;   // and the weight of a new measurement
  Bytes bandwidth_sample;        // smaller transfers are not measured
  int64_t allowed_failures = 0;  // of a task's worker; one more and the run fails
  // Whether the client fetches the results, as compute() does, through the scheduler; persist()
  // leaves them with the workers.
  bool gather_results = true;
  DaskClientOptions client;
  DaskStealingOptions stealing;

  // Workers.
  Duration task_overhead;  // per task, on its thread
  DaskProcessOptions process;
  Duration message_time;          // of either event loop, per request for objects
  Bandwidth communication;        // of one event loop: serialises, copies, sends; or the reverse
  int64_t outgoing_requests = 0;  // a worker has open at once; one to a peer
  int64_t incoming_requests = 0;  // a worker serves at once; further ones are turned away
  Bytes request_bytes;            // objects that are asked for together, if there are several
  Duration busy_wait;             // after being turned away the k-th time in a row: this,
  double busy_growth = 1;         // times this to the k
  DaskMemoryOptions memory;

  void visit(FieldVisitor& v) override;
};

}  // namespace wukong::dask_common
