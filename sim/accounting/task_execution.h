// One execution of a task, in all the books of a run. The making of a TaskExecution counts it,
// begins a span and records its start; its end, however it comes, ends the span. Lies in the frame
// of the coroutine that executes the task.
#pragma once

#include <vector>

#include "sim/accounting/books.h"
#include "sim/accounting/execution_limit.h"
#include "sim/accounting/usage.h"
#include "sim/base/ids.h"
#include "sim/engine/span.h"
#include "sim/engine/trace.h"

namespace wukong::accounting {

// Which tasks have been executed to their end. Each counts once in the run's usage, however often
// it is executed.
class DoneTasks {
 public:
  explicit DoneTasks(Usage& usage) : usage_(usage) {}
  void note(TaskId task) {
    if (task.index() >= done_.size()) done_.resize(task.index() + 1);
    if (done_[task.index()]) return;
    done_[task.index()] = true;
    ++usage_.tasks_done;
  }

 private:
  Usage& usage_;
  std::vector<bool> done_;
};

class TaskExecution {
 public:
  // REQUIRES: `books` outlives the execution. Throws TooManyExecutions.
  TaskExecution(const Books& books, HostId host, TaskId task)
      : books_(books),
        host_(host),
        task_(task),
        start_(books.engine.now()),
        span_(books.engine, {engine::SpanKind::task, "task", host.value(), task.value()}) {
    if (books.executions != nullptr) books.executions->count(task);
    ++books.usage.executed;
    books.engine.record(engine::TraceKind::task_started, host.value(), task.value());
  }
  TaskExecution(const TaskExecution&) = delete;
  TaskExecution& operator=(const TaskExecution&) = delete;

  // The task runs no more, whether it has succeeded or failed: the time until now was its own.
  void stops() { books_.usage.spend(Activity::execute, books_.engine.now() - start_); }
  // It has succeeded.
  void succeeds(DoneTasks& done) {
    books_.engine.record(engine::TraceKind::task_finished, host_.value(), task_.value());
    done.note(task_);
  }

 private:
  const Books& books_;
  HostId host_;
  TaskId task_;
  Time start_;
  engine::Span span_;
};

}  // namespace wukong::accounting
