// How PyWren runs a function call on Lambda, shared by the systems that are built on it: the
// client's threads that invoke, and what its handler does around the user's function.
#pragma once

#include <memory>

#include "sim/engine/sync.h"
#include "sim/platform/platform.h"

namespace wukong::scheduler {

struct PyWrenOptions {
  int64_t threads = 1;    // of the client's pool; each call holds one for the API's overhead
  Duration call_time;     // of the client's one interpreter, per call: boto3 under Python's lock
  Duration worker_setup;  // from the handler's start to the user's function: process start, imports
  Duration child_poll;    // the handler looks every so often whether its child has ended
  int64_t heads = 0;      // HEAD requests before the function starts: cancelled? data? runtime?
  int64_t gets = 0;       // GET requests: function, data

  void visit(FieldVisitor& v);
};

class PyWrenCalls {
 public:
  // The user's function.
  using Body = InlineFunction<sim::Task<bool>(sim::Environment&), 40>;

  // `objects` is where PyWren keeps functions, data and results; ids from `first_object` on are its
  // own.
  PyWrenCalls(sim::Platform& platform, const sim::Host& client, sim::ObjectStore& objects,
              size_t first_object, const PyWrenOptions& options);

  // Uploads function and data of a map: one object each.
  sim::Task<> upload();
  // One call, through the pool of threads. Returns when it is accepted, not when it has run.
  sim::Task<bool> call(sim::FunctionId function, Body body);
  // Calls whose result and status are stored.
  uint64_t finished() const { return finished_; }

 private:
  sim::Task<sim::HandlerResult> handle(sim::Environment& environment, uint32_t slot);

  sim::Platform& platform_;
  sim::Engine& engine_;
  const sim::Host& client_;
  sim::ObjectStore& objects_;
  ObjectId function_object_;
  ObjectId data_object_;
  size_t next_status_;
  const PyWrenOptions& options_;
  sim::Semaphore threads_;
  sim::Semaphore interpreter_;
  std::deque<Body> bodies_;  // by slot: a retried call runs the same body again
  uint64_t finished_ = 0;
};

}  // namespace wukong::scheduler
