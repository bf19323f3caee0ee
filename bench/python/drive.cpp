#include <string>
#include <utility>

#include "bench/python/coroutine.h"
#include "bench/python/session.h"

namespace wukong::python {
namespace {

// With what a coroutine awaits: an exception, or None.
py::object what_is_wrong(const py::object& awaited) {
  const auto exception = [](PyObject* type, const std::string& text) {
    return py::reinterpret_borrow<py::object>(type)(text);
  };
  if (!py::isinstance<Operation>(awaited))
    return exception(PyExc_TypeError,
                     "a policy awaits what its platform gives (store.get(...), "
                     "platform.sleep(...)); found " +
                         std::string(py::repr(awaited)));
  if (!awaited.cast<Operation&>().fresh())
    return exception(PyExc_RuntimeError, "this call has been awaited before: call again");
  return py::none();
}

py::object next_operation(const Session& session, Coroutine& coroutine, const py::object& value) {
  return keeping_exception(session, [&] {
    py::object yielded = coroutine.send(value);
    while (!coroutine.ended()) {
      const py::object wrong = what_is_wrong(yielded);
      if (wrong.is_none()) break;
      yielded = coroutine.raise(wrong);
    }
    return yielded;
  });
}

void require_coroutine(const py::object& coroutine) {
  if (PyCoro_CheckExact(coroutine.ptr())) return;
  PyErr_Format(PyExc_TypeError, "expected a coroutine (of an `async def`), found %R",
               coroutine.ptr());
  throw py::error_already_set();
}

}  // namespace

engine::Task<py::object> drive(SessionPtr session, py::object coroutine) {
  keeping_exception(*session, [&] { require_coroutine(coroutine); });
  Coroutine running(std::move(coroutine));
  py::object value = py::none();
  while (true) {
    const py::object yielded = next_operation(*session, running, value);
    if (running.ended()) co_return yielded;
    engine::Task<py::object> task = yielded.cast<Operation&>().take();
    value = co_await std::move(task);
  }
}

}  // namespace wukong::python
