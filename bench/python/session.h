// One run of a policy that is written in Python: what its objects refer to, and whether that is
// still there. Python may keep a platform, a host or a store for as long as it likes; once the run
// is over, using one is an error of Python, not of this program's memory.
//
// All of it happens in the thread that holds the interpreter's lock.
#pragma once

#include <pybind11/pybind11.h>

#include <deque>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>

#include "sim/engine/task.h"
#include "sim/hosts/host.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::python {

namespace py = pybind11;

struct Session {
  platform::Platform* platform = nullptr;  // null: the run is over
  std::shared_ptr<const dag::Dag> dag;
  std::deque<std::string> names;               // of processes, which the engine refers to
  std::shared_ptr<std::exception_ptr> raised;  // by the policy's code: ends the run, and is raised

  platform::Platform& get() const {
    if (platform == nullptr)
      throw std::runtime_error(
          "the run that this belongs to is over: a policy gets new ones in setup()");
    return *platform;
  }
};
using SessionPtr = std::shared_ptr<Session>;

// The first exception that a run's code raises is kept: it is the one that is raised to its user.
template <class Code>
auto keeping_exception(const Session& session, const Code& code) {
  try {
    return code();
  } catch (const py::error_already_set&) {
    if (!*session.raised) *session.raised = std::current_exception();
    throw;
  }
}

// What a policy awaits: a call of a service that has not begun.
class Operation {
 public:
  explicit Operation(engine::Task<py::object> task) : task_(std::move(task)) {}

  bool fresh() const { return static_cast<bool>(task_); }
  // REQUIRES: it is fresh.
  engine::Task<py::object> take() { return std::move(task_); }

 private:
  engine::Task<py::object> task_;
};

// Python's coroutine as a process' code: each Operation that it awaits is awaited here, and its
// result sent back. Destroying the task closes the coroutine. What the coroutine raises ends the
// run (session.raised).
engine::Task<py::object> drive(SessionPtr session, py::object coroutine);

// The classes that a policy is given, and their methods.
void bind_platform(py::module_& module);
// wukong.Platform of the session.
py::object platform_view(const SessionPtr& session);

}  // namespace wukong::python
