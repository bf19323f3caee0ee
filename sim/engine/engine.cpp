#include "sim/engine/engine.h"

#include <algorithm>
#include <utility>

#include "sim/engine/clock_driver.h"
#include "sim/engine/event_queue.h"
#include "sim/engine/family.h"
#include "sim/engine/span_sink.h"
#include "sim/engine/sync.h"
#include "sim/engine/trace.h"
#include "sim/engine/wake_sink.h"

namespace wukong::engine {
namespace {

class EngineContext : public CheckContext {
 public:
  EngineContext(const Engine& engine, Process* const& current)
      : engine_(engine), current_(current) {}
  std::string describe() const override {
    const std::string time =
        "at simulated time " + std::to_string(engine_.now().to_seconds()) + " s";
    return current_ == nullptr ? time + ", between processes"
                               : time + ", in process " + current_->describe();
  }

 private:
  const Engine& engine_;
  Process* const& current_;
};

}  // namespace

Process::Process(Engine& engine, Task<> body, const char* name)
    : engine_(&engine), body_(std::move(body)), name_(name) {}

std::string Process::describe() const {
  return std::string(name_) + " #" + std::to_string(number_);
}

void internal::process_finished(Process& process) noexcept {
  // The frame is still being left; the engine destroys it once the resume call has returned.
  process.engine_->finished_ = &process;
}

Engine::Engine(ClockDriver& clock)
    : clock_(clock),
      events_(std::make_unique<EventQueue>()),
      trace_(std::make_unique<Trace>()),
      own_family_(std::make_unique<Family>(*this)) {}

Engine::~Engine() { clear(); }

void Engine::record(TraceKind kind, uint32_t actor, uint32_t subject, int64_t value) {
  trace_->record(now_, kind, actor, subject, value);
}

void Engine::Sleep::await_suspend(std::coroutine_handle<> handle) {
  engine_.suspend(*this, handle);
  event_ = engine_.events_->schedule(until_, fire, this);
  pending_ = true;
}

void Engine::Sleep::fire(void* self) {
  auto* sleep = static_cast<Sleep*>(self);
  sleep->pending_ = false;
  sleep->engine_.resume(*sleep);
}

void Engine::Sleep::cancel() { engine_.events_->cancel(event_); }

void Engine::resume(Waiter& waiter) {
  ENSURE(current_ == nullptr && "a process cannot resume another", current_->describe());
  current_ = waiter.process_;
  trace_->record(now_, TraceKind::resumed, current_->number_);
  if (wakes_ != nullptr) [[unlikely]]
    tell_resumed(waiter);
  waiter.handle_.resume();
  current_ = nullptr;
  if (finished_ != nullptr) [[unlikely]]
    bury_finished();
}

void Engine::handle_event(EventQueue& events) {
  ++events_handled_;
  if (wakes_ != nullptr) [[unlikely]]
    tell_event();
  const EventQueue::Event event = events.pop();
  event.callback(event.context);
}

Family& Engine::family() const { return current_ != nullptr ? *current_->family_ : *own_family_; }

Process& Engine::add_process(Family& family, Task<> body, const char* name) {
  ENSURE(body && body.handle().promise().untouched(), name);
  auto* process = new Process(*this, std::move(body), name);
  process->number_ = next_number_++;
  process->waiting_since_ = now_;
  process->body_.handle().promise().process_ = process;
  process->start_.handle_ = process->body_.handle();
  process->start_.process_ = process;
  process->family_ = &family;
  process->insert_before(family.processes_);
  make_ready(process->start_);
  return *process;
}

Process& Engine::spawn(Task<> body, const char* name) {
  return spawn_in(family(), std::move(body), name);
}

Process& Engine::spawn_in(Family& family, Task<> body, const char* name) {
  Process& process = add_process(family, std::move(body), name);
  ++live_;
  ++family.live_;
  return process;
}

Process& Engine::spawn_daemon(Task<> body, const char* name) {
  Process& process = add_process(family(), std::move(body), name);
  process.daemon_ = true;
  return process;
}

void Engine::end_span(uint32_t number) { spans_->end(now_, number); }

void Engine::tell_woken(const Waiter& waiter) { wakes_->woken(waiter.process_->number_); }
void Engine::tell_resumed(const Waiter& waiter) {
  wakes_->resumed(now_, waiter.process_->number_, waiter.reason_);
}
void Engine::tell_event() { wakes_->event_begins(); }
void Engine::pass_on_fact(FactUse use, const void* key) { wakes_->fact(now_, use, key); }

void Engine::remove(Process& process) {
  // A frame's destructor must not kill the process that it belongs to.
  ENSURE(!std::exchange(process.leaving_, true), process.describe());
  if (wakes_ != nullptr) [[unlikely]]
    wakes_->ended(now_, process.number_);
  Family& family = *process.family_;
  const bool last = !process.daemon_ && family.live_ == 1;
  if (!process.daemon_) {
    --live_;
    --family.live_;
  }
  if (process.group_ != nullptr) process.group_->member_gone(process);
  delete &process;
  while (last && !family.waiting_.empty()) make_ready(family.waiting_.front());
}

void Engine::kill(Process& process) {
  ENSURE(&process != current_ && "a process cannot kill itself", process.describe());
  remove(process);
}

void Engine::clear() {
  ENSURE(current_ == nullptr);
  // A process may own a family, which goes with it.
  for (ListHook* hook = families_.next(); hook != &families_;) {
    ListHook& members = static_cast<Family&>(*hook).processes_;
    if (members.linked()) {
      remove(static_cast<Process&>(*members.next()));
      hook = families_.next();
    } else {
      hook = hook->next();
    }
  }
}

void Family::kill_all() {
  while (processes_.linked()) engine_.kill(static_cast<Process&>(*processes_.next()));
}

void Engine::bury_finished() {
  Process& process = *std::exchange(finished_, nullptr);
  if (const auto exception = process.body_.handle().promise().exception(); exception && !failure_)
    failure_ = exception;
  remove(process);
}

// `next`: when somebody will be woken, if it is known. Inline, so that it stays in registers: an
// optional that goes through memory takes longer than the rest.
[[gnu::always_inline]] inline void Engine::move_clock(std::optional<Time> next) {
  const auto reached = clock_.advance(next);
  if (!reached) [[unlikely]]
    throw Deadlock("deadlock at " + std::to_string(now_.to_seconds()) + " s: " +
                   std::to_string(live_) + (live_ == 1 ? " process waits" : " processes wait") +
                   " and nothing is due" + describe_waiting());
  ENSURE(*reached >= now_, reached->count_ns(), now_.count_ns());
  now_ = *reached;
}

bool Engine::run(Time until) {
  const EngineContext context(*this, current_);
  EventQueue& events = *events_;
  const bool clock_runs = clock_.runs_by_itself();
  bool clock_read = false;  // since the last event
  while (true) {
    while (!ready_.empty() && !failure_) {
      Waiter& waiter = ready_.front();
      waiter.unlink();
      resume(waiter);
    }
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    if (live_ == 0) return true;
    const bool any = !events.empty();
    const Time next = any ? events.next_time() : Time::max();
    const bool due = any && next <= now_ && next <= until;
    if (!due && any && now_ >= until) return false;
    if (!due || (clock_runs && !clock_read)) {
      // Passive timers alone wake nobody, unless one is due now.
      const bool wakes_nobody = !due && events.size() == passive_;
      if (wakes_nobody) [[unlikely]]
        move_clock(std::nullopt);
      else
        move_clock(std::min(next, until));
      clock_read = true;
      // What arrived meanwhile may have made processes ready, and cancelled the event that was
      // waited for; so all is looked at again.
      if (clock_runs || !ready_.empty() || events.empty() || events.next_time() > now_) continue;
    }
    // If time passes while an event is handled, the next one happens at the instant at which its
    // turn comes, and what it starts is dated from then.
    clock_read = false;
    handle_event(events);
  }
}

std::string Engine::describe_waiting() const {
  constexpr size_t kMostListed = 20;
  std::string report;
  size_t listed = 0;
  for (ListHook* place = families_.next(); place != &families_; place = place->next()) {
    const ListHook& members = static_cast<const Family&>(*place).processes_;
    for (ListHook* hook = members.next(); hook != &members; hook = hook->next()) {
      const auto& process = static_cast<const Process&>(*hook);
      if (process.daemon_) continue;
      if (++listed > kMostListed) return report + "\n  ...";
      report += "\n  " + process.describe() + " waits for " + process.waiting_for_ + " since " +
                std::to_string(process.waiting_since_.to_seconds()) + " s";
    }
  }
  return report;
}

}  // namespace wukong::engine
