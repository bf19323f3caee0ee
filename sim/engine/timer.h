// Callbacks at a time, beside the processes that sleep.
#pragma once

#include <cstdint>

#include "sim/base/time.h"
#include "sim/engine/event_handle.h"

namespace wukong::engine {

class Engine;

// Whether somebody may go on because a timer fires, or it only tidies up: then nobody waits for it,
// and a run in which nothing else is due is a deadlock.
enum class TimerKind : uint8_t { active, passive };

// A callback at a time, by whoever owns the Timer. Destroying it cancels it.
class Timer {
 public:
  using Callback = void (*)(void* context);
  Timer(Engine& engine, Callback callback, void* context, TimerKind kind = TimerKind::active)
      : engine_(engine), callback_(callback), context_(context), kind_(kind) {}
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  ~Timer() { cancel(); }

  bool armed() const { return armed_; }
  Time due() const { return due_; }
  void arm(Time time);
  void cancel();

 private:
  void fire();

  Engine& engine_;
  Callback callback_;
  void* context_;
  EventHandle event_;
  Time due_;
  TimerKind kind_;
  bool armed_ = false;
};

}  // namespace wukong::engine
