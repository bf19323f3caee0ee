#include "runtime/blocking/fiber.h"

#include <cxxabi.h>

#include <boost/context/protected_fixedsize_stack.hpp>
#include <boost/fiber/fiber.hpp>
#include <exception>

#include "runtime/blocking/engine_driven.h"
#include "sim/base/check.h"

namespace wukong::blocking {
namespace {

// Says to the sanitizers where the stack is that it allocates.
class KnownStacks {
 public:
  KnownStacks(size_t bytes, stacks::StackSide& side) : stacks_(bytes), side_(&side) {}

  boost::context::stack_context allocate() {
    const boost::context::stack_context stack = stacks_.allocate();
    side_->is_stack(static_cast<std::byte*>(stack.sp) - stack.size, stack.size);
    return stack;
  }
  void deallocate(boost::context::stack_context& stack) { stacks_.deallocate(stack); }

 private:
  boost::context::protected_fixedsize_stack stacks_;
  stacks::StackSide* side_;
};

}  // namespace

Fiber::Fiber(size_t stack_bytes) : stack_bytes_(stack_bytes) {}

Fiber::~Fiber() {
  ENSURE(!busy());
  if (context_ != nullptr) resume();  // without a body: serve() returns
  own_side_.is_gone();
}

// __cxa_eh_globals of the Itanium C++ ABI, section 2.2.2; its type has no members in any header.
Fiber::Exceptions Fiber::exchange_exceptions(Exceptions others) {
  auto* const present = reinterpret_cast<Exceptions*>(abi::__cxa_get_globals());
  const Exceptions before = *present;
  *present = others;
  return before;
}

// ---- by whoever runs it

void Fiber::start(Body body, void* argument) {
  ENSURE(!busy());
  body_ = body;
  argument_ = argument;
  killed_ = false;
  if (context_ == nullptr) launch();
  resume();
}

void Fiber::go_on() {
  ENSURE(busy());
  resume();
}

void Fiber::kill() {
  ENSURE(busy());
  killed_ = true;
  resume();
  ENSURE(!busy());
}

void Fiber::launch() {
  EngineDriven& driver = EngineDriven::of_this_thread();
  boost::fibers::fiber(boost::fibers::launch::post, std::allocator_arg,
                       KnownStacks(stack_bytes_, own_side_), [this] { serve(); })
      .detach();
  context_ = &driver.launched();
}

void Fiber::resume() {
  EngineDriven& driver = EngineDriven::of_this_thread();
  boost::fibers::context* const outer = std::exchange(resumer_, EngineDriven::Context::active());
  ENSURE(outer == nullptr && "it runs already");
  const Exceptions exceptions = exchange_exceptions(exceptions_);
  resumer_side_.is_this_thread();
  resumer_side_.leave(own_side_, /*for_good=*/false);
  driver.switch_to(*context_);
  resumer_side_.enter(own_side_);
  exceptions_ = exchange_exceptions(exceptions);
  resumer_ = nullptr;
}

// ---- on its own stack

void Fiber::serve() {
  own_side_.enter(resumer_side_);
  while (body_ != nullptr) {
    body_(argument_);
    body_ = nullptr;
    leave();
  }
  EngineDriven::of_this_thread().after_the_end(*resumer_);
  own_side_.leave(resumer_side_, /*for_good=*/true);
}

void Fiber::leave() {
  own_side_.leave(resumer_side_, /*for_good=*/false);
  EngineDriven::of_this_thread().switch_to(*resumer_);
  own_side_.enter(resumer_side_);
}

void Fiber::pause() {
  leave();
  end_if_killed();
}

void Fiber::end_if_killed() const {
  if (!killed_) return;
  ENSURE(std::uncaught_exceptions() == 0 && "a destructor waits while its process is destroyed");
  throw Killed{};
}

}  // namespace wukong::blocking
