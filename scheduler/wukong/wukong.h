// Wukong (SoCC'20): executors schedule the DAG among themselves. This is the client's side and what
// all executors share; the executor's protocol is in executor.
#pragma once

#include <memory>
#include <vector>

#include "scheduler/invoker_pool.h"
#include "scheduler/system.h"
#include "scheduler/wukong/options.h"
#include "scheduler/wukong/static_schedule.h"

namespace wukong::scheduler {

class Wukong final : public System {
 public:
  Wukong(sim::Platform& platform, const workloads::Dag& dag, const WukongOptions& options);

  // Makes the static schedules, invokes one executor per leaf, and waits for every result.
  sim::Task<Failure> run() override;

 private:
  friend class WukongExecutor;

  static constexpr sim::ChannelId kResultChannel{0};
  static constexpr sim::ChannelId kProxyChannel{1};
  static constexpr Bytes kResultMessage{64};  // a task's key
  static constexpr Bytes kScheduleKey{64};    // instead of a schedule that is too large

  // Invokes an executor that starts at `start`. With `inlined`, that task's outputs travel in the
  // payload. The caller spends the time of the call. False if it failed.
  sim::Task<bool> invoke_executor(const sim::Host& caller, TaskId start, TaskId inlined);
  // What an executor runs with: a schedule inline if it fits, and arguments.
  Bytes payload_size(TaskId start, TaskId inlined) const;
  bool fits_inline(TaskId start, TaskId inlined) const {
    return options_.inline_arguments &&
           payload_size(start, inlined) <= options_.inline_argument_limit;
  }
  Bytes output_size(TaskId task) const;
  // A value's size in a payload or a message.
  Bytes encoded(Bytes value) const;
  // At a fan-in: adds `task` to those that have arrived; how many have.
  sim::Task<sim::CounterReply> arrive(const sim::Host& host, TaskId task, TaskId target);
  // How many others have arrived there. Executors that are retried may have arrived before; only
  // bits tell that.
  sim::Task<sim::CounterReply> others_arrived(const sim::Host& host, TaskId task, TaskId target);
  // Of a target's bit counter: that of its predecessor `task`.
  uint32_t bit_of(TaskId task, TaskId target) const;
  bool is_fan_in(TaskId task) const { return dag_.predecessors(task).size() > 1; }

  int64_t leaves_per_request() const;
  sim::Task<> invoke_leaf(InvocationRequest request);
  sim::Task<sim::HandlerResult> invoke_leaves(sim::Environment& environment,
                                              InvocationRequest request);
  sim::Task<> proxy();
  sim::Task<> proxy_fan_out(TaskId task);
  sim::Task<bool> store_for_proxy(ObjectId object);
  sim::Task<> invoke_for_proxy(InvocationRequest request);

  sim::Platform& platform_;
  sim::Engine& engine_;
  const workloads::Dag& dag_;
  const WukongOptions& options_;

  sim::Machine& scheduler_;
  sim::Machine& metadata_machine_;
  sim::ObjectStore& store_;
  sim::StoreServers& servers_;
  sim::MetadataStore& metadata_;
  sim::FunctionId executor_function_;
  sim::FunctionId invoker_function_;
  StaticSchedules schedules_;
  std::unique_ptr<InvokerPool> invokers_;
  std::unique_ptr<InvokerPool> proxy_invokers_;
};

std::unique_ptr<System> make_wukong(sim::Platform& platform, const workloads::Dag& dag,
                                    const Options& options);
Promises promises_of_wukong(const Options& options);

}  // namespace wukong::scheduler
