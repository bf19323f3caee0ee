// The event loop: processes (coroutines), timers, and the order in which they run.
//
// At an instant everything that is ready runs first, in the order in which it became ready; then
// the clock moves to the next event. Not thread-safe: one engine, one thread; any number of engines
// may run side by side. The engine must outlive what its processes use, or be cleared first.
#pragma once

#include <coroutine>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "sim/base/check.h"
#include "sim/base/time.h"
#include "sim/engine/event_handle.h"
#include "sim/engine/task.h"
#include "sim/engine/wait_list.h"

namespace wukong::engine {

class ClockDriver;
class EventQueue;
class Family;
class Process;
class SpanSink;
class TaskGroup;
class Trace;
class WakeSink;
enum class FactUse : uint8_t;
enum class TraceKind : uint8_t;

struct GroupHook : ListHook {
  explicit GroupHook(Process& member) : process(member) {}
  Process& process;
};

// A coroutine that runs by itself. Made by Engine::spawn; gone when its body ends or it is killed.
class Process : public ListHook {
 public:
  uint32_t number() const { return number_; }
  std::string describe() const;

 private:
  friend class Engine;
  friend class Family;
  friend class TaskGroup;
  friend void internal::process_finished(Process& process) noexcept;

  static void* operator new(size_t size) { return allocate_frame(size); }
  static void operator delete(void* memory, size_t size) noexcept { free_frame(memory, size); }
  Process(class Engine& engine, Task<> body, const char* name);

  Engine* engine_;
  Task<> body_;
  const char* name_;
  const char* waiting_for_ = "its start";
  Time waiting_since_;
  uint32_t number_ = 0;
  bool daemon_ = false;
  bool leaving_ = false;  // it is being destroyed
  Family* family_ = nullptr;
  TaskGroup* group_ = nullptr;
  GroupHook in_group_{*this};
  Waiter start_{"its start"};
};

// Thrown by Engine::run when processes are left, but nothing will ever wake them. Its text lists
// each one, what it waits for and since when.
class Deadlock : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Engine {
 public:
  // The clock outlives the engine.
  explicit Engine(ClockDriver& clock);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine();

  Time now() const { return now_; }
  // What happens in this run (trace.h).
  Trace& trace() { return *trace_; }
  void record(TraceKind kind, uint32_t actor, uint32_t subject = 0, int64_t value = 0);

  // Who is told what hosts are busy with (span.h); null: nobody. Set before the run; `sink`
  // outlives all processes.
  void watch(SpanSink* sink) { spans_ = sink; }
  SpanSink* spans() const { return spans_; }
  void end_span(uint32_t number);
  // Who is told which process makes which other one go on (wake_sink.h); null: nobody. Set before
  // the run; `sink` outlives all processes.
  void watch_wakes(WakeSink* sink) { wakes_ = sink; }
  void tell_fact(FactUse use, const void* key) {
    if (wakes_ != nullptr) [[unlikely]]
      pass_on_fact(use, key);
  }
  // The number of the process that runs. REQUIRES: one does.
  uint32_t current_process() const {
    ENSURE(current_ != nullptr && "between processes");
    return current_->number_;
  }

  // Starts `body` at the present instant, after what is ready already, in the family of the process
  // that runs. `name` is a string literal.
  Process& spawn(Task<> body, const char* name);
  Process& spawn_in(Family& family, Task<> body, const char* name);
  // The same for a process that serves others: the run does not wait for its end.
  Process& spawn_daemon(Task<> body, const char* name);
  // Of the process that runs; between processes, and where nobody has made another: the engine's
  // own (family.h).
  Family& family() const;
  // Destroys a process wherever it waits. REQUIRES: it is not the one that is running.
  void kill(Process& process);
  // Kills every process.
  void clear();

  // Runs until every process that is not a daemon has ended: true. False if that takes longer than
  // `until`: what is due by then has happened, the clock stands there (beyond, if it is a real
  // one), and the processes still wait. Throws what a process threw, or Deadlock.
  bool run(Time until = Time::max());

  // co_await engine.sleep(10_ms); goes on at once if there is nothing to wait for, and never if the
  // end lies beyond Time::max().
  auto sleep(Duration duration, const char* reason = "a time") {
    return Sleep(*this, duration < Time::max() - now_ ? now_ + duration : Time::max(), reason);
  }
  auto sleep_until(Time time, const char* reason = "a time") { return Sleep(*this, time, reason); }

  // For awaiters: the running coroutine is suspended as `waiter`, and later made ready to run.
  void suspend(Waiter& waiter, std::coroutine_handle<> handle) {
    ENSURE(current_ != nullptr && "only a process can wait");
    waiter.handle_ = handle;
    waiter.process_ = current_;
    current_->waiting_for_ = waiter.reason_;
    current_->waiting_since_ = now_;
  }
  void make_ready(Waiter& waiter) {
    waiter.unlink();
    ready_.push_back(waiter);
    if (wakes_ != nullptr) [[unlikely]]
      tell_woken(waiter);
  }
  // Resumes directly from an event's callback, without the ready list. REQUIRES: no process runs.
  void resume(Waiter& waiter);

  // What is due (event_queue.h).
  EventQueue& events() { return *events_; }
  size_t live_processes() const { return live_; }
  // Each process that the run waits for, what that waits for and since when: a line each, the first
  // twenty of them.
  std::string describe_waiting() const;
  uint64_t events_handled() const { return events_handled_; }

 private:
  friend class Family;
  friend class Timer;
  friend void internal::process_finished(Process& process) noexcept;

  class Sleep : public Waiter {
   public:
    Sleep(Engine& engine, Time until, const char* reason)
        : Waiter(reason), engine_(engine), until_(until) {}
    Sleep(const Sleep&) = delete;
    Sleep& operator=(const Sleep&) = delete;
    ~Sleep() {
      if (pending_) cancel();
    }
    bool await_ready() const noexcept { return until_ <= engine_.now_; }
    void await_suspend(std::coroutine_handle<> handle);
    void await_resume() const noexcept {}

   private:
    static void fire(void* self);
    void cancel();

    Engine& engine_;
    Time until_;
    EventHandle event_;
    bool pending_ = false;
  };

  Process& add_process(Family& family, Task<> body, const char* name);
  void move_clock(std::optional<Time> next);
  void handle_event(EventQueue& events);
  void remove(Process& process);
  void bury_finished();
  void tell_woken(const Waiter& waiter);
  void tell_resumed(const Waiter& waiter);
  void tell_event();
  void pass_on_fact(FactUse use, const void* key);

  ClockDriver& clock_;
  Time now_;
  std::unique_ptr<EventQueue> events_;
  WaitList ready_;
  ListHook families_;  // in the order of their making
  Process* current_ = nullptr;
  Process* finished_ = nullptr;
  size_t live_ = 0;     // daemons not counted
  size_t passive_ = 0;  // pending events of passive timers
  uint32_t next_number_ = 0;
  uint64_t events_handled_ = 0;
  std::exception_ptr failure_;
  std::unique_ptr<Trace> trace_;
  SpanSink* spans_ = nullptr;
  WakeSink* wakes_ = nullptr;
  std::unique_ptr<Family> own_family_;
};

}  // namespace wukong::engine
