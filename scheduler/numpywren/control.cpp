#include "scheduler/numpywren/control.h"

#include "scheduler/policy/stopwatch.h"
#include "scheduler/pywren/pywren_call.h"
#include "sim/engine/span.h"
#include "sim/engine/wake_sink.h"
#include "sim/hosts/host.h"
#include "sim/platform/platform.h"
#include "sim/storage/message_queue.h"
#include "sim/storage/metadata_store.h"

namespace wukong::numpywren {

using accounting::Activity;
using engine::Span;
using engine::SpanKind;
using engine::Task;

namespace {

// What a request to the control plane carries each way: a key, and a counter or a status. An
// assumption, as numpywren's keys have some tens of bytes; at a hundred megabytes a second it takes
// a microsecond, beside a round trip of some hundred.
constexpr Bytes kControlRequest{100};

// The original tries for ever. Who watches it would have given up by now: each try takes as long
// as PyWren lets a worker live, which is minutes. Only a try that had nine tenths of a worker's
// life after its set-up counts: no other try will have much more. One that began late in a worker's
// life, or whose worker crashed, says nothing of the next.
constexpr uint8_t kMostCuts = 10;

bool had_a_whole_life(Duration after, const pywren::PyWrenCallOptions& options) {
  return options.longest_run && after * 10 >= (*options.longest_run - options.worker_setup) * 9;
}

}  // namespace

NumpywrenControl::NumpywrenControl(platform::Platform& platform, const dag::Dag& dag,
                                   const NumpywrenOptions& options,
                                   storage::MetadataStore& metadata, storage::MessageQueue& queue)
    : platform_(platform),
      engine_(platform.engine()),
      dag_(dag),
      options_(options),
      metadata_(metadata),
      queue_(queue),
      edges_(dag),
      status_(dag.task_count(), NodeStatus::not_ready),
      returned_(dag.task_count()),
      cuts_(dag.task_count()),
      turned_away_(dag.task_count()),
      sinks_left_(dag.sinks().size()) {}

Task<> NumpywrenControl::request(const hosts::Host& driver) {
  co_await metadata_.request(driver, 1, kControlRequest, kControlRequest);
}

Task<> NumpywrenControl::enqueue_starters(const hosts::Host& driver) {
  {
    const Span span(engine_, {SpanKind::work, "the program's start", driver.id.value()});
    co_await engine_.sleep(options_.enqueue_setup, "the program's start");
  }
  for (const TaskId starter : dag_.leaves()) {
    status_[starter.index()] = NodeStatus::ready;
    co_await request(driver);  // its status
    co_await queue_.send(driver, starter.value());
  }
}

Task<> NumpywrenControl::round_trips(const hosts::Host& host, int count) {
  const scheduler::Stopwatch stopwatch(engine_, platform_.usage(), Activity::storage_io);
  for (int i = 0; i < count; ++i)
    co_await metadata_.request(host, 1, kControlRequest, kControlRequest);
}

bool NumpywrenControl::begin(TaskId task) {
  NodeStatus& status = status_[task.index()];
  if (status == NodeStatus::post_op || status == NodeStatus::finished) return false;
  status = NodeStatus::running;
  return true;
}

void NumpywrenControl::cut_short(TaskId task, Duration after) {
  if (!had_a_whole_life(after, options_.pywren)) return;
  uint8_t& cuts = cuts_[task.index()];
  if (cuts == kMostCuts || ++cuts < kMostCuts) return;
  std::string text = "task " + dag_.name(task) + " was begun " + std::to_string(kMostCuts) +
                     " times, and its worker ended before it was done each time, the last time " +
                     pywren::seconds_text(after) + " after it was begun";
  text += "; PyWren ends a worker after " + pywren::seconds_text(*options_.pywren.longest_run) +
          ": a larger pywren.longest_run_s would help";
  fail(std::move(text));
}

void NumpywrenControl::turned_away(TaskId task) {
  uint8_t& times = turned_away_[task.index()];
  if (times == kMostCuts || ++times < kMostCuts) return;
  fail("task " + dag_.name(task) + " was begun " + std::to_string(kMostCuts) +
       " times, and the store refused its worker's reads, or did not answer in time, each time; a "
       "larger platform.redis.max_clients, fewer workers or a larger request_time_limit_s would "
       "help");
}

Task<bool> NumpywrenControl::finish(const hosts::Host& host, TaskId task) {
  if (status_[task.index()] != NodeStatus::post_op) co_return true;
  co_await analyse(host);
  co_await round_trips(host, 2);  // the node's status, and that it is in its post-operation
  for (const TaskId child : dag_.successors(task)) {
    const bool counted = co_await finish_edge(host, task, child);
    if (!counted) co_return false;
  }
  co_await round_trips(host, 1);  // progress
  if (dag_.successors(task).empty()) {
    co_await round_trips(host, 1);  // the return key; as an edge, it counts once
    if (!returned_[task.index()] && --sinks_left_ == 0) {
      succeeded_ = true;
      engine_.tell_fact(engine::FactUse::left, this);
    }
    returned_[task.index()] = true;
  }
  status_[task.index()] = NodeStatus::finished;
  co_await round_trips(host, 1);
  co_return true;
}

// A transaction of five round trips. An edge counts once, however often its parent is run again.
Task<bool> NumpywrenControl::finish_edge(const hosts::Host& host, TaskId parent, TaskId child) {
  co_await analyse(host);
  co_await round_trips(host, 4);
  const auto parents = dag_.predecessors(child);
  const storage::CounterRequest edge{storage::CounterAction::set_bit, CounterId(child.value()),
                                     edges_.of(parent, child)};
  const storage::CounterReply finished = co_await metadata_.count(host, edge);
  if (!finished.value) co_return false;
  if (finished.value != parents.size()) co_return true;
  co_await round_trips(host, 2);  // the child's status, and that it is ready
  NodeStatus& status = status_[child.index()];
  if (status != NodeStatus::not_ready) co_return true;
  co_await engine_.sleep(options_.client_time, "a new client");
  co_await queue_.send(host, child.value());
  // Not before: who does the edge again after a crash sends the message again, if need be.
  if (status == NodeStatus::not_ready) status = NodeStatus::ready;
  cuts_[parent.index()] = 0;  // whoever tells the children next comes further
  co_return true;
}

Task<> NumpywrenControl::analyse(const hosts::Host& host) {
  const Span span(engine_, {SpanKind::work, "analysis of the program", host.id.value()});
  co_await engine_.sleep(options_.analysis_time, "the analysis of its program");
}

}  // namespace wukong::numpywren
