#include "scheduler/numpywren/worker.h"

#include "sim/engine/span.h"
#include "sim/hosts/task_runner.h"
#include "sim/hosts/values.h"

namespace wukong::numpywren {

using engine::Task;

namespace {

// A node in work, or one whose children are told. If its worker's process is ended meanwhile, this
// goes first, and tells.
class Attempt {
 public:
  Attempt(NumpywrenControl& control, engine::Engine& engine, TaskId task)
      : control_(control), engine_(engine), task_(task), begun_(engine.now()) {}
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;
  ~Attempt() {
    if (!ended_) control_.cut_short(task_, engine_.now() - begun_);
  }
  void end() { ended_ = true; }

 private:
  NumpywrenControl& control_;
  engine::Engine& engine_;
  TaskId task_;
  Time begun_;
  bool ended_ = false;
};

}  // namespace

Task<bool> NumpywrenWorker::run() {
  // Without a connection PyWren's job runner fails before the worker has taken a message.
  if (!blocks_.connect()) co_return false;
  engine::TaskGroup slots(engine_);
  for (int64_t i = 0; i < options_.pipeline_width; ++i)
    slots.spawn(pipeline_slot(), "pipeline slot");
  co_await slots.join("its pipeline");
  co_return !failed_;
}

Task<> NumpywrenWorker::pipeline_slot() {
  while (!failed_) {
    if (engine_.now() - started_ > options_.worker_timeout) co_return;
    co_await control_.round_trips(host_, 1);  // the program's status
    if (control_.has_ended()) co_return;
    const bool had_work = co_await take_and_run();
    if (had_work) {
      last_task_ = engine_.now();
    } else if (options_.scaling == ScalingPolicy::scale_factor &&
               engine_.now() - last_task_ > options_.idle_timeout) {
      co_return;
    }
  }
}

// Takes one message, if there is one, and does what it asks for. False if there was none.
Task<bool> NumpywrenWorker::take_and_run() {
  co_await engine_.sleep(options_.client_time, "a new client");
  const auto message = co_await queue_.receive(host_, options_.receive_visibility);
  if (!message) co_return false;
  co_await control_.round_trips(host_, 2);  // busy count, time of the message
  engine::TaskGroup lease(engine_);
  lease.spawn(keep_lease(*message), "lease");
  const bool done = co_await run_message(*message);
  failed_ = failed_ || !done;  // the message comes back when its lease ends
  co_return true;
}

Task<bool> NumpywrenWorker::run_message(const storage::QueueMessage& message) {
  const TaskId task(message.body);
  co_await control_.round_trips(host_, 2);  // the node's status, and that it is running
  if (control_.begin(task)) {
    const bool ran = co_await run_node(task);
    if (!ran) co_return false;
    control_.has_run(task);
  }
  Attempt telling(control_, engine_, task);
  const bool told = co_await control_.finish(host_, task);
  telling.end();
  if (!told) co_return false;
  co_await queue_.remove(host_, message);
  co_await control_.round_trips(host_, 1);
  co_return true;
}

// The lease is renewed a few times only; a task that takes longer comes back to the queue, and
// another worker does it too.
Task<> NumpywrenWorker::keep_lease(storage::QueueMessage message) {
  for (int64_t i = 0; i < options_.renewals; ++i) {
    co_await queue_.change_visibility(host_, message, options_.renew_visibility);
    co_await engine_.sleep(options_.renew_interval, "the renewal of a lease");
  }
}

// What reads has ended with an error, and nothing else notices. Its lease is renewed as if the task
// were in work. It ends when the program does; PyWren may end its process before.
Task<> NumpywrenWorker::hang(TaskId task) {
  control_.turned_away(task);
  while (!control_.has_ended()) {
    const engine::Span span(engine_, {engine::SpanKind::wait, "hang", host_.id.value()});
    co_await engine_.sleep(options_.idle_timeout, "an error that nobody handles");
    co_await control_.round_trips(host_, 1);
  }
}

Task<bool> NumpywrenWorker::run_node(TaskId task) {
  Attempt attempt(control_, engine_, task);
  {
    const auto stage = co_await reading_.acquire("the reading stage");
    if (control_.failure()) {
      attempt.end();
      co_return false;
    }
    const bool has_inputs = co_await blocks_.read_inputs(task);
    if (!has_inputs) {
      attempt.end();  // a hanging worker that PyWren ends says nothing of the task
      co_await hang(task);
      co_return false;
    }
  }
  {
    const auto stage = co_await computing_.acquire("the compute thread");
    const hosts::TaskCost cost = hosts::on_threads(dag_.cost(task), 1);
    const auto done = co_await platform_.tasks().execute(host_, task, cost);
    if (done != hosts::ExecuteStatus::done) {
      attempt.end();
      control_.fail("the kernel of task " + dag_.name(task) +
                    " failed: numpywren's program ends with an exception");
      co_return false;
    }
    co_await control_.round_trips(host_, 1);  // flop counter
  }
  const auto stage = co_await writing_.acquire("the writing stage");
  const bool written = co_await blocks_.write_outputs(task);
  if (!written)
    control_.fail("the store refused an output of task " + dag_.name(task) +
                  ": numpywren's program ends with an exception");
  for (const ObjectId object : dag_.inputs(task)) platform_.values().drop(host_, object);
  for (const ObjectId object : dag_.outputs(task)) platform_.values().drop(host_, object);
  attempt.end();
  co_return written;
}

}  // namespace wukong::numpywren
