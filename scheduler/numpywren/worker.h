// A numpywren worker: a PyWren call that runs an event loop with `pipeline_width` slots over three
// stages. Each slot takes one message after another from the queue, and runs its task.
#pragma once

#include "scheduler/numpywren/blocks.h"
#include "scheduler/numpywren/control.h"
#include "sim/engine/sync.h"
#include "sim/storage/message_queue.h"

namespace wukong::numpywren {

class NumpywrenWorker {
 public:
  NumpywrenWorker(platform::Platform& platform, const dag::Dag& dag,
                  const NumpywrenOptions& options, storage::ObjectStore& store,
                  storage::MessageQueue& queue, NumpywrenControl& control, const hosts::Host& host)
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
  engine::Task<bool> run();

 private:
  engine::Task<> pipeline_slot();
  engine::Task<bool> take_and_run();
  engine::Task<bool> run_message(const storage::QueueMessage& message);
  engine::Task<bool> run_node(TaskId task);
  engine::Task<> hang(TaskId task);
  engine::Task<> keep_lease(storage::QueueMessage message);

  platform::Platform& platform_;
  engine::Engine& engine_;
  const dag::Dag& dag_;
  const NumpywrenOptions& options_;
  storage::MessageQueue& queue_;
  NumpywrenControl& control_;
  const hosts::Host& host_;
  NumpywrenBlocks blocks_;
  Time started_;
  Time last_task_;  // when it last had work
  engine::Semaphore reading_;
  engine::Semaphore computing_;  // one thread
  engine::Semaphore writing_;
  bool failed_ = false;
};

}  // namespace wukong::numpywren
