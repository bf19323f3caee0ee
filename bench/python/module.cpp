// The Python module wukong._wukong: what the package `wukong` (bench/python/wukong) is made of. It
// assembles runs as bench/main.cpp does.
#include <pybind11/pybind11.h>

#include "bench/python/bindings.h"
#include "bench/python/session.h"
#include "sim/base/error.h"

PYBIND11_MODULE(_wukong, module) {
  namespace python = wukong::python;
  pybind11::register_exception<wukong::Error>(module, "ExperimentError", PyExc_ValueError)
      .attr("__doc__") =
      "What is wrong in an experiment, a sweep or a file: place, what was expected, what was "
      "found.";
  python::bind_dag(module);
  python::bind_platform(module);
  python::bind_runs(module);
}
