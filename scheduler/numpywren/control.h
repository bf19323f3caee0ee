// numpywren's control plane: the state of the program and of its nodes, which are the DAG's tasks,
// in a Redis, and the queue of nodes that are ready.
#pragma once

#include <vector>

#include "scheduler/edge_positions.h"
#include "scheduler/numpywren/options.h"

namespace wukong::scheduler {

class NumpywrenControl {
 public:
  NumpywrenControl(sim::Platform& platform, const workloads::Dag& dag,
                   const NumpywrenOptions& options, sim::MetadataStore& metadata,
                   sim::MessageQueue& queue);

  // The driver begins the program, and looks at its status.
  sim::Task<> request(const sim::Host& driver);
  sim::Task<> enqueue_starters(const sim::Host& driver);

  // So many requests of a worker, one after another.
  sim::Task<> round_trips(const sim::Host& host, int count);
  // A worker has the node in work. False: it has run before, and only has to be told of.
  bool begin(TaskId task);
  void has_run(TaskId task) { status_[task.index()] = NodeStatus::post_op; }
  // Its worker ended before it was done, after that time.
  void cut_short(TaskId task, Duration after);
  // After a node: tells every child, enqueues those that have become ready, ends the program at its
  // end. True at once if that is done already; false if a request failed.
  sim::Task<bool> finish(const sim::Host& host, TaskId task);

  bool succeeded() const { return succeeded_; }
  const Failure& failure() const { return failure_; }  // what the driver will find
  void fail(std::string why) {
    if (!failure_) failure_ = std::move(why);
  }

 private:
  enum class NodeStatus : uint8_t { not_ready, ready, running, post_op, finished };

  sim::Task<bool> finish_edge(const sim::Host& host, TaskId parent, TaskId child);
  sim::Task<> analyse(const sim::Host& host);

  sim::Platform& platform_;
  sim::Engine& engine_;
  const workloads::Dag& dag_;
  const NumpywrenOptions& options_;
  sim::MetadataStore& metadata_;
  sim::MessageQueue& queue_;
  const EdgePositions edges_;
  std::vector<NodeStatus> status_;
  std::vector<bool> returned_;  // sinks that the program's end has counted
  std::vector<uint8_t> cuts_;   // by task
  size_t sinks_left_;
  bool succeeded_ = false;
  Failure failure_;
};

}  // namespace wukong::scheduler
