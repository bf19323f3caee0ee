// A numpywren worker: a PyWren call that runs an event loop with `pipeline_width` slots over three
// stages. Each slot takes one message after another from the queue, and runs its task.
#pragma once

#include "scheduler/numpywren/blocks.h"
#include "scheduler/numpywren/control.h"
#include "sim/engine/sync.h"

namespace wukong::scheduler {

class NumpywrenWorker {
 public:
  NumpywrenWorker(sim::Platform& platform, const workloads::Dag& dag,
                  const NumpywrenOptions& options, sim::ObjectStore& store,
                  sim::MessageQueue& queue, NumpywrenControl& control, const sim::Host& host)
      : platform_(platform),
        engine_(platform.engine()),
        dag_(dag),
        options_(options),
        queue_(queue),
        control_(control),
        host_(host),
        blocks_(platform, dag, options, store, control, host),
        started_(engine_.now()),
        last_task_(engine_.now()),
        reading_(engine_, 1),
        computing_(engine_, 1),
        writing_(engine_, 1) {}

  // Until it is too old, has nothing to do, or has failed. False if it has failed.
  sim::Task<bool> run();

 private:
  sim::Task<> pipeline_slot();
  sim::Task<bool> take_and_run();
  sim::Task<bool> run_message(const sim::QueueMessage& message);
  sim::Task<bool> run_node(TaskId task);
  sim::Task<> keep_lease(sim::QueueMessage message);

  sim::Platform& platform_;
  sim::Engine& engine_;
  const workloads::Dag& dag_;
  const NumpywrenOptions& options_;
  sim::MessageQueue& queue_;
  NumpywrenControl& control_;
  const sim::Host& host_;
  NumpywrenBlocks blocks_;
  Time started_;
  Time last_task_;  // when it last had work
  sim::Semaphore reading_;
  sim::Semaphore computing_;  // one thread
  sim::Semaphore writing_;
  bool failed_ = false;
};

}  // namespace wukong::scheduler
