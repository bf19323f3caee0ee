// numpywren's control plane: the state of the program and of its nodes, which are the DAG's tasks,
// in a Redis, and the queue of nodes that are ready.
#pragma once

#include <vector>

#include "scheduler/numpywren/options.h"
#include "scheduler/policy/edge_positions.h"
#include "scheduler/policy/system.h"
#include "sim/storage/storage_spec.h"

namespace wukong::storage {
class MessageQueue;
class MetadataStore;
}  // namespace wukong::storage

namespace wukong::engine {
class Engine;
}  // namespace wukong::engine

namespace wukong::hosts {
struct Host;
}  // namespace wukong::hosts

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::numpywren {

class NumpywrenControl {
 public:
  NumpywrenControl(platform::Platform& platform, const dag::Dag& dag,
                   const NumpywrenOptions& options, storage::MetadataStore& metadata,
                   storage::MessageQueue& queue);

  // The driver begins the program, and looks at its status.
  engine::Task<> request(const hosts::Host& driver);
  engine::Task<> enqueue_starters(const hosts::Host& driver);

  // So many requests of a worker, one after another.
  engine::Task<> round_trips(const hosts::Host& host, int count);
  // A worker has the node in work. False: it has run before, and only has to be told of.
  bool begin(TaskId task);
  void has_run(TaskId task) {
    status_[task.index()] = NodeStatus::post_op;
    cuts_[task.index()] = 0;
  }
  // Its worker ended before it was done, after that time.
  void cut_short(TaskId task, Duration after);
  // Its worker was turned away by the store as it read, and hangs.
  void turned_away(TaskId task);
  // After a node: tells every child, enqueues those that have become ready, ends the program at its
  // end. True at once if that is done already; false if a request failed.
  engine::Task<bool> finish(const hosts::Host& host, TaskId task);

  bool succeeded() const { return succeeded_; }
  // It is no longer running: who looks at its status stops.
  bool has_ended() const { return succeeded_ || failure_.has_value(); }
  const scheduler::Failure& failure() const { return failure_; }  // what the driver will find
  void fail(std::string why) {
    if (!failure_) failure_ = std::move(why);
  }

 private:
  enum class NodeStatus : uint8_t { not_ready, ready, running, post_op, finished };

  engine::Task<bool> finish_edge(const hosts::Host& host, TaskId parent, TaskId child);
  engine::Task<> analyse(const hosts::Host& host);

  platform::Platform& platform_;
  engine::Engine& engine_;
  const dag::Dag& dag_;
  const NumpywrenOptions& options_;
  storage::MetadataStore& metadata_;
  storage::MessageQueue& queue_;
  const scheduler::EdgePositions edges_;
  std::vector<NodeStatus> status_;
  std::vector<bool> returned_;  // sinks that the program's end has counted
  std::vector<uint8_t> cuts_;   // by task
  std::vector<uint8_t> turned_away_;
  size_t sinks_left_;
  bool succeeded_ = false;
  scheduler::Failure failure_;
};

}  // namespace wukong::numpywren
