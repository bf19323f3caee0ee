// The centralised designs that came before Wukong (PDSW'19, section III): one scheduler on a
// virtual machine, a Lambda function for each task. A function reads its inputs from the key-value
// store, runs its task, writes its outputs there, and notifies the scheduler, which dispatches what
// has become ready. Strawman, pub/sub and parallel-invoker differ in options only: how a function
// notifies, who invokes, and how many functions the scheduler has in flight. Constants in
// configs/presets/system/strawman.yaml.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "scheduler/policy/invoker_pool.h"
#include "scheduler/policy/options.h"
#include "scheduler/policy/promises.h"
#include "scheduler/policy/system.h"
#include "sim/base/ids.h"
#include "sim/hosts/task_cost.h"
#include "sim/hosts/task_runner.h"
#include "sim/storage/storage_spec.h"

namespace wukong::storage {
class MetadataStore;
class ObjectStore;
}  // namespace wukong::storage

namespace wukong::hosts {
struct Machine;
}  // namespace wukong::hosts

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::functions {
struct Environment;
enum class HandlerResult;
}  // namespace wukong::functions

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::central {

enum class Notification { tcp, publish };

struct CentralOptions final : scheduler::Options {
  storage::StoreSpec store;
  std::string scheduler_machine;  // runs the scheduler, its invokers and the Redis of its messages

  Duration dispatch_time;       // of the scheduler's one thread, for each task that it sends off
  Duration completion_time;     // of the same thread, for each notification
  int64_t in_flight_limit = 1;  // tasks that are sent off, and whose end is not handled yet

  int64_t invokers = 0;  // processes, each held for an API call; 0: the scheduler's thread invokes
  Duration invocation_time;  // of that thread then; the rest of the call passes beside it
  Duration batch_interval;   // of the requests to the processes

  Notification notification = Notification::tcp;
  Duration connect_time;     // tcp: of a function, until it may send
  Duration connection_time;  // tcp: of the scheduler's thread, for each connection that is open
                             // when it handles a notification

  void visit(FieldVisitor& v) override;
};

class Central final : public scheduler::System {
 public:
  Central(platform::Platform& platform, const dag::Dag& dag, const CentralOptions& options);

  // The scheduler's event loop.
  engine::Task<scheduler::Failure> run() override;

 private:
  class Connection;

  engine::Task<> dispatch_ready();
  void submit(TaskId task);
  engine::Task<> complete(TaskId task);
  engine::Task<> invoke(scheduler::InvocationRequest request);
  engine::Task<functions::HandlerResult> handle(functions::Environment& environment, TaskId task);
  engine::Task<bool> notify(const hosts::Host& host, TaskId task);

  platform::Platform& platform_;
  engine::Engine& engine_;
  const dag::Dag& dag_;
  const CentralOptions& options_;
  hosts::Machine& scheduler_;
  storage::ObjectStore& store_;
  storage::MetadataStore& messages_;
  FunctionId function_;
  scheduler::InvokerPool invokers_;
  engine::Channel<uint64_t> connections_;     // notifications over TCP
  engine::Channel<uint64_t>* notifications_;  // those that the scheduler listens to

  std::deque<TaskId> ready_;
  std::vector<uint32_t> missing_;  // predecessors that have not ended, by task
  std::vector<bool> completed_;
  size_t tasks_left_;
  int64_t in_flight_ = 0;
  int64_t open_connections_ = 0;
};

std::unique_ptr<scheduler::System> make_central(platform::Platform& platform, const dag::Dag& dag,
                                                const scheduler::Options& options);
scheduler::Promises promises_of_central(const scheduler::Options& options);

}  // namespace wukong::central
