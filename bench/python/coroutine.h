// A coroutine of Python that somebody drives, and that is closed when nobody will go on with it.
#pragma once

#include <pybind11/pybind11.h>

#include <utility>

namespace wukong::python {

namespace py = pybind11;

class Coroutine {
 public:
  explicit Coroutine(py::object coroutine) : coroutine_(std::move(coroutine)) {}
  Coroutine(const Coroutine&) = delete;
  Coroutine& operator=(const Coroutine&) = delete;
  ~Coroutine() {
    if (ended_) return;
    // What it raises then has nobody to go to; Python reports it.
    const py::error_scope pending;
    PyObject* const closed = PyObject_CallMethod(coroutine_.ptr(), "close", nullptr);
    if (closed == nullptr)
      PyErr_WriteUnraisable(coroutine_.ptr());
    else
      Py_DECREF(closed);
  }

  // Goes on until it awaits something, which is returned, or has ended.
  py::object send(const py::object& value) {
    PyObject* yielded = nullptr;
    const PySendResult result = PyIter_Send(coroutine_.ptr(), value.ptr(), &yielded);
    ended_ = result != PYGEN_NEXT;
    if (result == PYGEN_ERROR) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(yielded);
  }
  // Raises the exception where the coroutine waits, and goes on as send() does.
  py::object raise(const py::object& exception) {
    PyObject* const yielded =
        PyObject_CallMethod(coroutine_.ptr(), "throw", "(O)", exception.ptr());
    if (yielded != nullptr) return py::reinterpret_steal<py::object>(yielded);
    ended_ = true;
    if (!PyErr_ExceptionMatches(PyExc_StopIteration)) throw py::error_already_set();
    const py::error_already_set stop;
    return stop.value().attr("value");
  }
  bool ended() const { return ended_; }

 private:
  py::object coroutine_;
  bool ended_ = false;
};

}  // namespace wukong::python
