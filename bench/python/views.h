// What Python holds of a run: handles that say so when the run, or a function, is over.
#pragma once

#include <pybind11/pybind11.h>

#include <cstdint>
#include <memory>
#include <stdexcept>

#include "bench/python/session.h"
#include "sim/base/ids.h"
#include "sim/engine/sync.h"
#include "sim/hosts/host.h"

namespace wukong::functions {
struct Environment;
}  // namespace wukong::functions

namespace wukong::storage {
class MetadataStore;
class ObjectStore;
}  // namespace wukong::storage

namespace wukong::python {

struct HostView {
  SessionPtr session;
  hosts::Host host;
  std::shared_ptr<const bool> ended = nullptr;  // of a function's environment: its handler

  // For a call in the run `caller`.
  const hosts::Host& in(const SessionPtr& caller) const {
    caller->get();
    if (session != caller) throw std::runtime_error("this host is of another run");
    if (ended != nullptr && *ended)
      throw std::runtime_error("this function's handler has ended, and its host with it");
    return host;
  }
};

struct StoreView {
  SessionPtr session;
  storage::ObjectStore* store;
};

struct CountersView {
  SessionPtr session;
  storage::MetadataStore* store;
};

struct FunctionView {
  SessionPtr session;
  FunctionId id;

  FunctionId in(const SessionPtr& caller) const {
    if (session != caller) throw std::runtime_error("this function is of another run");
    return id;
  }
};

struct ChannelView {
  SessionPtr session;
  std::unique_ptr<engine::Channel<py::object>> channel;
};

struct EnvironmentView {
  SessionPtr session;
  functions::Environment* environment;
  std::shared_ptr<bool> ended;  // its handler
};

struct PlatformView {
  SessionPtr session;
};

// What a function is to run: called again if the invocation is retried.
struct HandlerCall {
  SessionPtr session;
  py::object function;
  py::tuple arguments;
};

}  // namespace wukong::python
