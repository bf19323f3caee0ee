// What the module is made of.
#pragma once

#include <pybind11/pybind11.h>

namespace wukong::python {

void bind_dag(pybind11::module_& module);
void bind_runs(pybind11::module_& module);

}  // namespace wukong::python
