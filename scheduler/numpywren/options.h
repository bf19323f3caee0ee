// numpywren's parameters; values, units and sources are in configs/presets/system/numpywren.yaml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "scheduler/policy/options.h"
#include "scheduler/policy/retry_options.h"
#include "scheduler/pywren/call_options.h"
#include "sim/storage/storage_spec.h"

namespace wukong::numpywren {

// As many workers as results (GEMM: blocks of the product) or as starters (TSQR: blocks of rows),
// but at most `workers`.
enum class WorkerPer { none, result, starter };

// When the experiment's script starts its clock. Its GEMM does so when all first workers have been
// invoked, its TSQR before the first task is enqueued.
enum class DriverClock { before_enqueueing, after_launch };

enum class ScalingPolicy { constant_timeout, dynamic, scale_factor };

struct NumpywrenOptions final : scheduler::Options {
  storage::StoreSpec store;
  std::string client_machine;   // runs the driver
  std::string control_machine;  // runs the control plane's Redis
  int64_t workers = 1;          // launched each time after the first (max_cores), and at most
  WorkerPer worker_per = WorkerPer::none;
  std::optional<int64_t> start_workers;   // launched at first; absent: as many as `workers`
  WorkerPer start_per = WorkerPer::none;  // at first there are at least so many
  DriverClock clock = DriverClock::after_launch;
  int64_t pipeline_width =
      1;                    // tasks that a worker has in work: one reads, one computes, one writes
  Duration worker_timeout;  // a worker takes no task after this age
  Duration driver_poll;
  Duration driver_look_time;  // what each look takes, between two polls

  ScalingPolicy scaling = ScalingPolicy::constant_timeout;
  double relaunch_fraction =
      0;                     // constant_timeout: relaunch after this part of the worker's timeout
  Duration launch_interval;  // dynamic: least time between launches
  double scale_factor = 1;   // scale_factor: workers per pending task
  Duration idle_timeout;     // scale_factor: an idle worker ends after this

  Duration compile_time;        // of the program, in the client
  Duration enqueue_setup;       // before the first starter is enqueued
  Duration analysis_time;       // of the children or parents of a task, symbolically, in a worker
  Bandwidth zero_scan;          // of a block before it is written
  Duration receive_visibility;  // of a message when it is received,
  Duration renew_visibility;    // when its lease is renewed,
  Duration renew_interval;      // so often,
  int64_t renewals = 0;         // and so many times
  Duration client_time;         // to make a boto3 client, for each request to S3 and SQS
  Duration pool_time;           // to make a pool of connections, for each request to Redis
  int64_t connections_per_pool = 1;    // it stays open as long as its worker
  int64_t connections_per_worker = 0;  // to the store's Redis, from its start to its end
  Duration request_time_limit;         // then the client tries again; what it asked for goes on
  scheduler::RetryOptions storage_retry;
  pywren::PyWrenCallOptions pywren;

  void visit(FieldVisitor& v) override;
};

}  // namespace wukong::numpywren
