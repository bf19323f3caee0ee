// numpywren's control plane: what a worker tells it after a task.
#include "scheduler/numpywren/numpywren.h"
#include "scheduler/stopwatch.h"
#include "sim/engine/span.h"

namespace wukong::scheduler {

using sim::Activity;
using sim::Span;
using sim::SpanKind;
using sim::Task;

// After a task: tell every child; enqueue those that have become ready; end the program at its end.
Task<bool> Numpywren::post_operation(const sim::Host& host, TaskId task) {
  co_await analyse(host);
  co_await round_trips(host, 2);  // the node's status, and that it is in its post-operation
  for (const TaskId child : dag_.successors(task)) {
    const bool counted = co_await finish_edge(host, task, child);
    if (!counted) co_return false;
  }
  co_await round_trips(host, 1);  // progress
  if (dag_.successors(task).empty()) {
    co_await round_trips(host, 1);  // the return key; as an edge, it counts once
    if (!returned_[task.index()] && --sinks_left_ == 0) succeeded_ = true;
    returned_[task.index()] = true;
  }
  status_[task.index()] = NodeStatus::finished;
  co_await round_trips(host, 1);
  co_return true;
}

// A transaction of five round trips. An edge counts once, however often its parent is run again.
Task<bool> Numpywren::finish_edge(const sim::Host& host, TaskId parent, TaskId child) {
  co_await analyse(host);
  co_await round_trips(host, 4);
  const auto parents = dag_.predecessors(child);
  const sim::CounterRequest edge{sim::CounterAction::set_bit, sim::CounterId(child.value()),
                                 edges_.of(parent, child)};
  const sim::CounterReply finished = co_await metadata_.count(host, edge);
  if (!finished.value) co_return false;
  if (finished.value != parents.size()) co_return true;
  co_await round_trips(host, 2);  // the child's status, and that it is ready
  NodeStatus& status = status_[child.index()];
  if (status != NodeStatus::not_ready) co_return true;
  co_await engine_.sleep(options_.client_time, "a new client");
  co_await queue_.send(host, child.value());
  // Not before: who does the edge again after a crash sends the message again, if need be.
  if (status == NodeStatus::not_ready) status = NodeStatus::ready;
  co_return true;
}

Task<> Numpywren::analyse(const sim::Host& host) {
  const Span span(engine_, {SpanKind::work, "analysis of the program", host.id.value()});
  co_await engine_.sleep(options_.analysis_time, "the analysis of its program");
}

Task<> Numpywren::round_trips(const sim::Host& host, int count) {
  const Stopwatch stopwatch(engine_, platform_.usage(), Activity::storage_io);
  for (int i = 0; i < count; ++i)
    co_await metadata_.request(host, 1, kControlRequest, kControlRequest);
}

}  // namespace wukong::scheduler
