// numpywren (Shankar et al., SoCC'20; code of 2019): a central queue of ready tasks, and stateless
// workers that take them one after another, read every input from the store and write every output
// back. Modelled as the released code works, step by step; constants in
// configs/presets/system/numpywren.yaml.
#pragma once

#include <memory>
#include <vector>

#include "scheduler/pywren_call.h"
#include "scheduler/retry.h"
#include "scheduler/system.h"

namespace wukong::scheduler {

// As many workers as results (GEMM: blocks of the product) or as starters (TSQR: blocks of rows),
// but at most `workers`.
enum class WorkerPer { none, result, starter };

enum class ScalingPolicy { constant_timeout, dynamic, scale_factor };

struct NumpywrenOptions final : Options {
  sim::StoreSpec store;
  std::string client_machine;   // runs the driver
  std::string control_machine;  // runs the control plane's Redis
  int64_t workers = 1;          // started at first, and at most
  WorkerPer worker_per = WorkerPer::none;
  int64_t pipeline_width =
      1;                    // tasks that a worker has in work: one reads, one computes, one writes
  Duration worker_timeout;  // a worker takes no task after this age
  Duration driver_poll;

  ScalingPolicy scaling = ScalingPolicy::constant_timeout;
  double relaunch_fraction =
      0;                     // constant_timeout: relaunch after this part of the worker's timeout
  Duration launch_interval;  // dynamic: least time between launches
  double scale_factor = 1;   // scale_factor: workers per pending task
  Duration idle_timeout;     // scale_factor: an idle worker ends after this

  Duration compile_time;        // of the program, in the client
  Duration analysis_time;       // of the children or parents of a task, symbolically, in a worker
  Bandwidth zero_scan;          // of a block before it is written
  Duration receive_visibility;  // of a message when it is received,
  Duration renew_visibility;    // when its lease is renewed,
  Duration renew_interval;      // so often,
  int64_t renewals = 0;         // and so many times
  Duration client_time;         // to make a boto3 client, for each request to S3 and SQS
  Duration pool_time;           // to make a pool of connections, for each request to Redis
  int64_t connections_per_request = 1;  // of such a pool; it stays open as long as its worker
  int64_t connections_per_worker = 0;   // to the store's Redis, from its start to its end
  RetryOptions storage_retry;
  PyWrenCallOptions pywren;

  void visit(FieldVisitor& v) override;
};

class Numpywren final : public System {
 public:
  Numpywren(sim::Platform& platform, const workloads::Dag& dag, const NumpywrenOptions& options);

  // The driver: enqueues the starters, launches workers, and polls until the program has ended.
  sim::Task<Failure> run() override;

 private:
  // A task's state in the control plane's Redis.
  enum class NodeStatus : uint8_t { not_ready, ready, running, post_op, finished };
  struct Worker;
  // A key, a counter, a status: what a request to the control plane carries.
  static constexpr Bytes kControlRequest{100};

  sim::Task<> launch(int64_t count);
  sim::Task<> launch_by_policy();
  sim::Task<> launch_one();

  sim::Task<bool> work(sim::Environment& environment);
  sim::Task<bool> connect(Worker& worker);
  sim::Task<bool> try_to_connect(Worker& worker);
  sim::Task<> pipeline_slot(Worker& worker);
  sim::Task<bool> take_and_run(Worker& worker);
  sim::Task<bool> run_node(Worker& worker, TaskId task);
  sim::Task<> keep_lease(const sim::Host& host, sim::QueueMessage message);
  sim::Task<bool> read_inputs(Worker& worker, TaskId task);
  sim::Task<sim::StoreStatus> read_block(Worker& worker, ObjectId object);
  sim::Task<bool> write_outputs(Worker& worker, TaskId task);
  sim::Task<sim::StoreStatus> write_block(Worker& worker, ObjectId object);
  sim::Task<bool> open_client(Worker& worker, ObjectId object);
  // numpywren_control.cpp
  sim::Task<bool> post_operation(const sim::Host& host, TaskId task);
  sim::Task<bool> finish_edge(const sim::Host& host, TaskId parent, TaskId child);
  sim::Task<> analyse(const sim::Host& host);
  sim::Task<> round_trips(const sim::Host& host, int count);

  sim::Platform& platform_;
  sim::Engine& engine_;
  const workloads::Dag& dag_;
  const NumpywrenOptions& options_;
  sim::Machine& client_;
  sim::Machine& control_;
  sim::ObjectStore& store_;
  sim::ObjectStore& pywren_store_;
  sim::MetadataStore& metadata_;
  sim::MessageQueue& queue_;
  sim::FunctionId worker_function_;
  PyWrenCalls pywren_;

  const int64_t workers_most_;
  std::vector<NodeStatus> status_;
  std::vector<bool> returned_;  // sinks that the program's end has counted
  size_t sinks_left_;
  bool succeeded_ = false;
  Failure failure_;  // what the driver will find
  int64_t workers_up_ = 0;
  Time last_launch_;
};

std::unique_ptr<System> make_numpywren(sim::Platform& platform, const workloads::Dag& dag,
                                       const Options& options);

}  // namespace wukong::scheduler
