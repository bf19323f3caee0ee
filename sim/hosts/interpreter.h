// The lock of a Python interpreter: whoever runs a kernel that keeps it waits for it.
#pragma once

#include <optional>

#include "sim/engine/sync.h"
#include "sim/engine/task.h"
#include "sim/hosts/host.h"
#include "sim/hosts/task_cost.h"

namespace wukong::hosts {

// numpy's QR keeps it before release 1.22: it calls LAPACK by way of lapack_lite, whose wrappers do
// not release it (numpy @ 010072e). SVD, Cholesky, products, random numbers and elementwise work
// release it.
constexpr bool keeps_interpreter(Kernel kernel) { return kernel == Kernel::qr; }

using InterpreterLock = std::optional<engine::Semaphore::Permit>;

// For the last step of a task.
inline engine::Task<InterpreterLock> hold_interpreter(const Host& host, const TaskCost& step) {
  if (host.interpreter == nullptr || !keeps_interpreter(step.kernel)) co_return std::nullopt;
  co_return co_await host.interpreter->acquire("the interpreter's lock");
}

// For a task whose steps are not told apart: as soon as one of them needs it.
inline engine::Task<InterpreterLock> hold_interpreter_throughout(const Host& host,
                                                                 const TaskCost& cost) {
  for (const TaskCost& step : cost.earlier) {
    InterpreterLock lock = co_await hold_interpreter(host, step);
    if (lock) co_return lock;
  }
  co_return co_await hold_interpreter(host, cost);
}

}  // namespace wukong::hosts
