#include "sim/fluid/fluid.h"

#include <algorithm>

#include "sim/engine/event_queue.h"
#include "sim/fluid/flow_listener.h"
#include "sim/fluid/solver.h"

namespace wukong::fluid {

Pool::Pool(engine::Engine& engine) : engine_(engine), solver_(std::make_unique<Solver>(engine)) {}

Pool::~Pool() = default;

void Pool::watch(FlowListener* listener) { listener_ = listener; }

ResourceId Pool::add(const ResourceSpec& spec) {
  const ResourceId made = solver_->add_resource(spec);
  if (listener_ != nullptr) [[unlikely]]
    listener_->added(engine_.now(), made, spec);
  return made;
}

void Pool::remove(ResourceId resource) {
  solver_->remove_resource(resource);
  if (listener_ != nullptr) [[unlikely]]
    listener_->removed(engine_.now(), resource);
}

size_t Pool::active() const { return solver_->active(); }
Amount Pool::given(ResourceId resource) const { return solver_->given(resource); }
double Pool::rate_of(ResourceId resource) const { return solver_->rate_of(resource); }

// Where there is nothing to share, nothing is shared.
Activity::Activity(Pool& pool, const Demand& demand)
    : Waiter(demand.what),
      engine_(pool.engine_),
      solver_(pool.solver_.get()),
      listener_(pool.listener_),
      amount_(demand.amount),
      cap_(demand.cap),
      resources_(demand.resources),
      start_(std::max(demand.start, pool.engine_.now())),
      unshared_(demand.unshared || demand.amount == Amount(0)) {
  ENSURE(amount_ >= Amount(0), amount_.count());
  ENSURE(cap_ > Rate(), cap_.count());
}

Activity::~Activity() {
  if (state_ != State::idle) tell_end(false);
  if (state_ == State::unshared || state_ == State::before_start) engine_.events().cancel(event_);
  if (state_ == State::sharing) solver_->abandon(number_);
}

void Activity::await_suspend(std::coroutine_handle<> handle) {
  engine_.suspend(*this, handle);
  tell_asked();
  if (unshared_) {
    state_ = State::unshared;
    const auto end = [](void* self) {
      auto* activity = static_cast<Activity*>(self);
      activity->state_ = State::idle;
      activity->tell_end(true);
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
  if (listener_ != nullptr) [[unlikely]]
    listener_->began(engine_.now(), flow_);
  solver_->start(*this);
}

void Activity::tell_asked() {
  if (listener_ == nullptr) [[likely]]
    return;
  const Demand demand{.amount = amount_,
                      .resources = resources_,
                      .cap = cap_,
                      .start = start_,
                      .unshared = unshared_};
  flow_ = listener_->asked(engine_.now(), engine_.current_process(), demand);
}

void Activity::tell_end(bool through) {
  if (listener_ != nullptr) [[unlikely]]
    listener_->ended(engine_.now(), flow_, through ? FlowEnd::through : FlowEnd::abandoned);
}

}  // namespace wukong::fluid
