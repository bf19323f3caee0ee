#include "runtime/blocking/engine_driven.h"

#include <boost/fiber/operations.hpp>
#include <boost/fiber/type.hpp>

#include "sim/base/check.h"

namespace wukong::blocking {
namespace {

// Boost.Fiber keeps its scheduler in a variable of each thread, too.
thread_local EngineDriven* installed = nullptr;

}  // namespace

EngineDriven& EngineDriven::of_this_thread() {
  if (installed == nullptr) boost::fibers::use_scheduling_algorithm<EngineDriven>();
  return *installed;
}

EngineDriven::EngineDriven() { installed = this; }

void EngineDriven::awakened(Context* context) noexcept {
  if (context->is_context(boost::fibers::type::dispatcher_context)) {
    dispatcher_ = context;
    return;
  }
  ENSURE(launched_ == nullptr && context->is_context(boost::fibers::type::worker_context) &&
         "a fiber waits by the engine's means alone: Fibers::wait()");
  launched_ = context;
}

EngineDriven::Context* EngineDriven::pick_next() noexcept {
  if (!ending_ && next_ != nullptr) return std::exchange(next_, nullptr);
  ending_ = false;
  return std::exchange(dispatcher_, nullptr);
}

void EngineDriven::suspend_until(const std::chrono::steady_clock::time_point&) noexcept {
  ENSURE(false && "a fiber waits by the engine's means alone: Fibers::wait()");
}

}  // namespace wukong::blocking
