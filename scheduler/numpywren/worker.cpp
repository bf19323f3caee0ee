// A numpywren worker: takes one message after another from the queue, and runs its task.
#include "scheduler/numpywren/worker.h"

namespace wukong::scheduler {

using sim::Task;

Task<bool> Numpywren::work(sim::Environment& environment) {
  ++workers_up_;
  Worker worker(engine_, environment.host, store_);
  const bool connected = co_await connect(worker);
  worker.failed = !connected;
  {
    sim::TaskGroup slots(engine_);
    for (int64_t i = 0; i < options_.pipeline_width; ++i)
      slots.spawn(pipeline_slot(worker), "pipeline slot");
    co_await slots.join("its pipeline");
  }
  --workers_up_;
  co_await round_trips(worker.host, 1);  // decr_up
  co_return !worker.failed;
}

// What a worker keeps open from its start. False if the server has turned it away too often.
Task<bool> Numpywren::connect(Worker& worker) {
  const auto attempt = [this, &worker] { return try_to_connect(worker); };
  const auto turned_away = [](bool connected) { return !connected; };
  co_return co_await with_retries(platform_, worker.host, options_.storage_retry, attempt,
                                  turned_away);
}

Task<bool> Numpywren::try_to_connect(Worker& worker) {
  const int64_t connections = options_.connections_per_worker;
  if (connections == 0) co_return true;
  constexpr ObjectId kFirstServer(0);
  if (!store_.connect(kFirstServer, connections)) co_return false;
  worker.pools.push_back({kFirstServer, connections});
  co_return true;
}

Task<> Numpywren::pipeline_slot(Worker& worker) {
  while (!worker.failed) {
    if (engine_.now() - worker.started > options_.worker_timeout) co_return;
    co_await round_trips(worker.host, 1);  // the program's status
    if (succeeded_) co_return;
    const bool had_work = co_await take_and_run(worker);
    if (had_work) {
      worker.last_task = engine_.now();
    } else if (options_.scaling == ScalingPolicy::scale_factor &&
               engine_.now() - worker.last_task > options_.idle_timeout) {
      co_return;
    }
  }
}

// Takes one message, if there is one, and does what it asks for. False if there was none.
Task<bool> Numpywren::take_and_run(Worker& worker) {
  co_await engine_.sleep(options_.client_time, "a new client");
  const auto message = co_await queue_.receive(worker.host, options_.receive_visibility);
  if (!message) co_return false;
  co_await round_trips(worker.host, 2);  // busy count, time of the message
  sim::TaskGroup lease(engine_);
  lease.spawn(keep_lease(worker.host, *message), "lease");

  const TaskId task(message->body);
  co_await round_trips(worker.host, 2);  // the node's status, and that it is running
  NodeStatus& status = status_[task.index()];
  if (status != NodeStatus::post_op && status != NodeStatus::finished) {
    status = NodeStatus::running;
    const bool ran = co_await run_node(worker, task);
    if (!ran) {
      worker.failed = true;  // the message comes back when its lease ends
      co_return true;
    }
    status_[task.index()] = NodeStatus::post_op;
  }
  if (status_[task.index()] == NodeStatus::post_op) {
    const bool told = co_await post_operation(worker.host, task);
    if (!told) {
      worker.failed = true;
      co_return true;
    }
  }
  co_await queue_.remove(worker.host, *message);
  co_await round_trips(worker.host, 1);
  co_return true;
}

// The lease is renewed a few times only; a task that takes longer comes back to the queue, and
// another worker does it too.
Task<> Numpywren::keep_lease(const sim::Host& host, sim::QueueMessage message) {
  for (int64_t i = 0; i < options_.renewals; ++i) {
    co_await queue_.change_visibility(host, message, options_.renew_visibility);
    co_await engine_.sleep(options_.renew_interval, "the renewal of a lease");
  }
}

Task<bool> Numpywren::run_node(Worker& worker, TaskId task) {
  {
    const auto stage = co_await worker.reading.acquire("the reading stage");
    const bool has_inputs = co_await read_inputs(worker, task);
    if (!has_inputs) co_return false;
  }
  {
    const auto stage = co_await worker.computing.acquire("the compute thread");
    const sim::TaskCost cost = sim::on_threads(dag_.cost(task), 1);
    const auto done = co_await platform_.tasks().execute(worker.host, task, cost);
    if (done != sim::ExecuteStatus::done) co_return false;
    co_await round_trips(worker.host, 1);  // flop counter
  }
  const auto stage = co_await worker.writing.acquire("the writing stage");
  const bool written = co_await write_outputs(worker, task);
  for (const ObjectId object : dag_.inputs(task)) platform_.values().drop(worker.host, object);
  for (const ObjectId object : dag_.outputs(task)) platform_.values().drop(worker.host, object);
  co_return written;
}

}  // namespace wukong::scheduler
