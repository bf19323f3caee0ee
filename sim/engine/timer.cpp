#include "sim/engine/timer.h"

#include "sim/base/check.h"
#include "sim/engine/engine.h"
#include "sim/engine/event_queue.h"

namespace wukong::engine {

void Timer::arm(Time time) {
  cancel();
  ENSURE(time >= engine_.now(), time.count_ns(), engine_.now().count_ns());
  due_ = time;
  armed_ = true;
  if (kind_ == TimerKind::passive) ++engine_.passive_;
  event_ =
      engine_.events().schedule(time, [](void* self) { static_cast<Timer*>(self)->fire(); }, this);
}

void Timer::fire() {
  armed_ = false;
  if (kind_ == TimerKind::passive) --engine_.passive_;
  callback_(context_);
}

void Timer::cancel() {
  if (!armed_) return;
  engine_.events().cancel(event_);
  armed_ = false;
  if (kind_ == TimerKind::passive) --engine_.passive_;
}

}  // namespace wukong::engine
