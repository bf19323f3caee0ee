// A stack of its own on which bodies of plain blocking code run, one after another, on the engine's
// thread. The stack ends at a page that nobody may touch: whoever needs more dies by SIGSEGV, and
// overwrites nothing. For Fibers alone (fibers.h), which owns it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/stacks/stack_switch.h"

namespace boost::fibers {
class context;
}  // namespace boost::fibers

namespace wukong::blocking {

// Thrown out of a wait in a body whose process is being destroyed. A body lets it pass; it is no
// std::exception, so that no handler takes it for a failure.
struct Killed {};

class Fiber {
 public:
  using Body = void (*)(void* argument);

  explicit Fiber(size_t stack_bytes);
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;
  // REQUIRES: no body is on its way, and it is the thread that made it.
  ~Fiber();

  // Each of these returns when the body pauses or has ended. Not from within this fiber.
  void start(Body body, void* argument);
  void go_on();
  // Has pause() throw Killed, now and for ever: the body ends.
  void kill();
  bool busy() const { return body_ != nullptr; }

  // By the body. The first returns when somebody goes on with it; both throw Killed.
  void pause();
  void end_if_killed() const;

 private:
  // Exceptions that are being handled and that are on their way: the C++ library keeps them for the
  // thread, and each stack has its own.
  struct Exceptions {
    void* caught = nullptr;
    unsigned int uncaught = 0;
  };
  static Exceptions exchange_exceptions(Exceptions others);

  void launch();
  void serve();
  void resume();
  void leave();

  const size_t stack_bytes_;
  boost::fibers::context* context_ = nullptr;
  boost::fibers::context* resumer_ = nullptr;  // who waits until it pauses
  stacks::StackSide own_side_;
  stacks::StackSide resumer_side_;
  Body body_ = nullptr;
  void* argument_ = nullptr;
  Exceptions exceptions_;
  bool killed_ = false;
};

}  // namespace wukong::blocking
