#include "sim/fluid/fluid.h"

#include <algorithm>

#include "sim/engine/event_queue.h"
#include "sim/fluid/solver.h"

namespace wukong::fluid {

Pool::Pool(engine::Engine& engine) : engine_(engine), solver_(std::make_unique<Solver>(engine)) {}

Pool::~Pool() = default;

ResourceId Pool::add(const ResourceSpec& spec) { return solver_->add_resource(spec); }
void Pool::remove(ResourceId resource) { solver_->remove_resource(resource); }
size_t Pool::active() const { return solver_->active(); }
Amount Pool::given(ResourceId resource) const { return solver_->given(resource); }
double Pool::rate_of(ResourceId resource) const { return solver_->rate_of(resource); }

// Where there is nothing to share, nothing is shared.
Activity::Activity(Pool& pool, const Demand& demand)
    : Waiter(demand.what),
      engine_(pool.engine_),
      solver_(pool.solver_.get()),
      amount_(demand.amount),
      cap_(demand.cap),
      resources_(demand.resources),
      start_(std::max(demand.start, pool.engine_.now())),
      unshared_(demand.unshared || demand.amount == Amount(0)) {
  ENSURE(amount_ >= Amount(0), amount_.count());
  ENSURE(cap_ > Rate(), cap_.count());
}

Activity::~Activity() {
  if (state_ == State::unshared || state_ == State::before_start) engine_.events().cancel(event_);
  if (state_ == State::sharing) solver_->abandon(number_);
}

void Activity::await_suspend(std::coroutine_handle<> handle) {
  engine_.suspend(*this, handle);
  if (unshared_) {
    state_ = State::unshared;
    const auto end = [](void* self) {
      auto* activity = static_cast<Activity*>(self);
      activity->state_ = State::idle;
      activity->engine_.resume(*activity);
    };
    const Duration time =
        amount_ == Amount(0) ? Duration::zero() : solver_->pass_unshared(amount_, resources_, cap_);
    event_ = engine_.events().schedule(start_ + time, end, this);
  } else if (start_ > engine_.now()) {
    state_ = State::before_start;
    const auto begin = [](void* self) { static_cast<Activity*>(self)->begin(); };
    event_ = engine_.events().schedule(start_, begin, this);
  } else {
    begin();
  }
}

void Activity::begin() {
  state_ = State::sharing;
  solver_->start(*this);
}

}  // namespace wukong::fluid
