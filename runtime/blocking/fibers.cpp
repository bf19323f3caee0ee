#include "runtime/blocking/fibers.h"

namespace wukong::blocking {

Fibers::~Fibers() { ENSURE(idle_.size() == fibers_.size() && "bodies are still on their way"); }

Fiber& Fibers::idle_fiber() {
  if (idle_.empty()) {
    fibers_.push_back(std::make_unique<Fiber>(stack_bytes_));
    idle_.push_back(fibers_.back().get());
  }
  Fiber& fiber = *idle_.back();
  idle_.pop_back();
  return fiber;
}

void Fibers::resume(Fiber& fiber, void (Fiber::*how)()) {
  Fiber* const outer = std::exchange(current_, &fiber);
  (fiber.*how)();
  current_ = outer;
}

bool Fibers::Running::go_on() {
  if (fiber_ == nullptr) {
    fiber_ = &fibers_.idle_fiber();
    Fiber* const outer = std::exchange(fibers_.current_, fiber_);
    fiber_->start(body_, argument_);
    fibers_.current_ = outer;
  } else {
    fibers_.resume(*fiber_, &Fiber::go_on);
  }
  if (fiber_->busy()) return true;
  fibers_.idle_.push_back(std::exchange(fiber_, nullptr));
  return false;
}

Fibers::Running::~Running() {
  if (fiber_ == nullptr) return;
  fibers_.resume(*fiber_, &Fiber::kill);
  fibers_.idle_.push_back(fiber_);
}

}  // namespace wukong::blocking
