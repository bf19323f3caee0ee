// A policy that is written in Python, as a policy of the catalog: an object with setup(platform)
// and `async def run(platform)`. Each run has a copy of it.
#pragma once

#include <pybind11/pybind11.h>

#include <exception>
#include <memory>

#include "scheduler/policy/options.h"
#include "scheduler/policy/policy.h"

namespace wukong::python {

struct PythonOptions final : scheduler::Options {
  pybind11::object policy;
  std::shared_ptr<std::exception_ptr> raised;  // shared by all of an experiment's systems

  void visit(FieldVisitor&) override {}
};

extern const scheduler::Policy kPythonPolicy;

}  // namespace wukong::python
