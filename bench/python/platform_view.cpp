// The platform as Python sees it. Times are seconds, sizes are bytes, tasks and objects are the
// numbers that the DAG gives them.
#include <pybind11/stl.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "bench/experiment/preset_setup.h"
#include "bench/python/session.h"
#include "sim/base/ids.h"
#include "sim/engine/engine.h"
#include "sim/engine/sync.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/hosts/machine.h"
#include "sim/hosts/task_runner.h"
#include "sim/hosts/values.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"
#include "sim/storage/metadata_store.h"
#include "sim/storage/object_store.h"
#include "workloads/dag/dag.h"

namespace wukong::python {
namespace {

using Value = engine::Task<py::object>;

struct HostView {
  SessionPtr session;
  hosts::Host host;
  std::shared_ptr<const bool> ended = nullptr;  // of a function's environment: its handler

  const hosts::Host& get() const {
    session->get();
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
struct HandlerCall {
  SessionPtr session;
  py::object function;
  py::tuple arguments;
};

TaskId task_of(const Session& session, int64_t number) {
  if (number < 0 || number >= static_cast<int64_t>(session.dag->task_count()))
    throw py::index_error("the DAG has no task " + std::to_string(number));
  return TaskId(static_cast<size_t>(number));
}
ObjectId object_of(const Session& session, int64_t number) {
  if (number < 0 || number >= static_cast<int64_t>(session.dag->object_count()))
    throw py::index_error("the DAG has no object " + std::to_string(number));
  return ObjectId(static_cast<size_t>(number));
}
Bytes bytes_of(int64_t bytes) {
  if (bytes < 0) throw py::value_error("a size is at least 0 bytes");
  return Bytes(bytes);
}

const char* text_of(storage::StoreStatus status) {
  switch (status) {
    case storage::StoreStatus::ok:
      return "ok";
    case storage::StoreStatus::missing:
      return "missing";
    case storage::StoreStatus::unavailable:
      return "unavailable";
    case storage::StoreStatus::full:
      return "full";
  }
  return "unavailable";
}
const char* text_of(functions::InvokeReply reply) {
  switch (reply) {
    case functions::InvokeReply::accepted:
      return "accepted";
    case functions::InvokeReply::failed:
      return "failed";
    case functions::InvokeReply::throttled:
      return "throttled";
    case functions::InvokeReply::payload_too_large:
      return "payload_too_large";
  }
  return "failed";
}

// ---- what takes simulated time. Parameters are values: they are in the coroutine's frame.

Value sleep(engine::Engine& engine, Duration time) {
  co_await engine.sleep(time);
  co_return py::none();
}
Value get(storage::ObjectStore& store, hosts::Host host, ObjectId object) {
  const storage::StoreStatus status = co_await store.get(host, object);
  co_return py::str(text_of(status));
}
Value put(storage::ObjectStore& store, hosts::Host host, ObjectId object, ObjectSize size) {
  const storage::StoreStatus status = co_await store.put(host, object, size);
  co_return py::str(text_of(status));
}
Value exists(storage::ObjectStore& store, hosts::Host host, ObjectId object) {
  const storage::StoreStatus status = co_await store.exists(host, object);
  co_return py::str(text_of(status));
}
Value count(storage::MetadataStore& store, hosts::Host host, storage::CounterRequest request) {
  const storage::CounterReply reply = co_await store.count(host, request);
  co_return py::cast(reply.value);
}
Value execute(platform::Platform& platform, hosts::Host host, TaskId task, SessionPtr session) {
  const hosts::TaskCost& cost = session->dag->cost(task);
  const hosts::ExecuteStatus status = co_await platform.tasks().execute(host, task, cost);
  co_return py::bool_(status == hosts::ExecuteStatus::done);
}
Value receive([[maybe_unused]] py::object kept, engine::Channel<py::object>& channel) {
  py::object message = co_await channel.receive();
  co_return message;
}

// The environment is known to Python while its handler runs.
class Shown {
 public:
  explicit Shown(std::shared_ptr<EnvironmentView> view) : view_(std::move(view)) {}
  Shown(const Shown&) = delete;
  Shown& operator=(const Shown&) = delete;
  ~Shown() { *view_->ended = true; }

 private:
  std::shared_ptr<EnvironmentView> view_;
};

engine::Task<functions::HandlerResult> handle(std::shared_ptr<HandlerCall> call,
                                              functions::Environment& environment) {
  auto view = std::make_shared<EnvironmentView>(
      EnvironmentView{call->session, &environment, std::make_shared<bool>(false)});
  const Shown shown(view);
  py::object coroutine = keeping_exception(
      *call->session, [&] { return py::object(call->function(view, *call->arguments)); });
  const py::object result = co_await drive(call->session, std::move(coroutine));
  co_return result.is(py::bool_(false)) ? functions::HandlerResult::error
                                        : functions::HandlerResult::success;
}

Value invoke(platform::Platform& platform, hosts::Host caller, FunctionId function, Bytes payload,
             std::shared_ptr<HandlerCall> call, bool wait) {
  functions::Handler handler = [call](functions::Environment& environment) {
    return handle(call, environment);
  };
  functions::LambdaClient& lambda = platform.lambda();
  functions::InvokeReply reply;
  if (wait)
    reply = co_await lambda.invoke_sync(caller, function, payload, std::move(handler));
  else
    reply = co_await lambda.invoke_async(caller, function, payload, std::move(handler));
  co_return py::str(text_of(reply));
}

engine::Task<> process(SessionPtr session, py::object coroutine) {
  co_await drive(std::move(session), std::move(coroutine));
}

// ---- methods

Operation invoke_of(const PlatformView& self, const HostView& caller, const FunctionView& function,
                    int64_t payload, py::object handler, py::tuple arguments, bool wait) {
  auto call = std::make_shared<HandlerCall>(
      HandlerCall{self.session, std::move(handler), std::move(arguments)});
  return Operation(invoke(self.session->get(), caller.get(), function.id, bytes_of(payload),
                          std::move(call), wait));
}

void spawn(const PlatformView& self, py::object coroutine, const std::string& name) {
  Session& session = *self.session;
  const char* known = nullptr;
  for (const std::string& other : session.names)
    if (other == name) known = other.c_str();
  if (known == nullptr) known = session.names.emplace_back(name).c_str();
  session.get().engine().spawn(process(self.session, std::move(coroutine)), known);
}

void preload_inputs(const StoreView& self) {
  const dag::Dag& dag = *self.session->dag;
  self.session->get();
  for (const ObjectId object : dag.objects())
    if (!dag.producer(object).valid() && !dag.absent(object))
      self.store->preload(object, dag.size(object));
}

std::unique_ptr<ChannelView> make_channel(const PlatformView& self) {
  auto channel = std::make_unique<engine::Channel<py::object>>(self.session->get().engine());
  return std::make_unique<ChannelView>(ChannelView{self.session, std::move(channel)});
}

Duration time_of(double seconds) {
  if (!(seconds >= 0 && seconds < 9e9)) throw py::value_error("a time is 0 to 9e9 seconds");
  return Duration::from_seconds(seconds);
}

void bind_services(py::module_& module) {
  py::class_<Operation>(module, "Operation");
  py::class_<HostView>(module, "Host")
      .def_property_readonly("id", [](const HostView& self) { return self.host.id.value(); })
      .def_property_readonly("vcpus", [](const HostView& self) { return self.host.vcpus; })
      .def_property_readonly("memory_bytes",
                             [](const HostView& self) { return self.host.memory.count(); });
  py::class_<FunctionView>(module, "Function");
  py::class_<EnvironmentView, std::shared_ptr<EnvironmentView>>(module, "Environment")
      .def_property_readonly("host",
                             [](const EnvironmentView& self) {
                               if (*self.ended)
                                 throw std::runtime_error("this function's handler has ended");
                               return HostView{self.session, self.environment->host, self.ended};
                             })
      .def("fail", [](const EnvironmentView& self, const std::string& reason) {
        if (!*self.ended) self.environment->failure = reason;
        return false;
      });
  py::class_<StoreView>(module, "Store")
      .def("preload_inputs", preload_inputs)
      .def("get",
           [](const StoreView& self, const HostView& to, int64_t object) {
             return Operation(get(*self.store, to.get(), object_of(*self.session, object)));
           })
      .def("put",
           [](const StoreView& self, const HostView& from, int64_t object) {
             self.session->get();
             const ObjectId id = object_of(*self.session, object);
             return Operation(put(*self.store, from.get(), id, self.session->dag->size(id)));
           })
      .def("exists", [](const StoreView& self, const HostView& from, int64_t object) {
        return Operation(exists(*self.store, from.get(), object_of(*self.session, object)));
      });
  py::class_<CountersView>(module, "Counters")
      .def("increment", [](const CountersView& self, const HostView& from, uint32_t counter) {
        self.session->get();
        const storage::CounterRequest request{.action = storage::CounterAction::increment,
                                              .counter = CounterId(counter)};
        return Operation(count(*self.store, from.get(), request));
      });
  py::class_<ChannelView>(module, "Channel")
      .def("send",
           [](const ChannelView& self, py::object message) {
             self.session->get();
             self.channel->send(std::move(message));
           })
      .def("receive",
           [](const py::object& self) {
             const auto& view = self.cast<const ChannelView&>();
             view.session->get();
             return Operation(receive(self, *view.channel));
           })
      .def("__len__", [](const ChannelView& self) { return self.channel->size(); });
}

}  // namespace

void bind_platform(py::module_& module) {
  bind_services(module);
  py::class_<PlatformView>(module, "Platform")
      .def_property_readonly("dag", [](const PlatformView& self) { return self.session->dag; })
      .def_property_readonly("now",
                             [](const PlatformView& self) {
                               return self.session->get().engine().now().since_start().to_seconds();
                             })
      .def("sleep",
           [](const PlatformView& self, double seconds) {
             return Operation(sleep(self.session->get().engine(), time_of(seconds)));
           })
      .def("rent",
           [](const PlatformView& self, const std::string& type) {
             return HostView{self.session, self.session->get().rent(type).host};
           })
      .def("name_host",
           [](const PlatformView& self, const HostView& host, const std::string& name) {
             self.session->get().name_host(host.get(), name);
           })
      .def("add_store",
           [](const PlatformView& self, const std::string& store) {
             return StoreView{self.session,
                              &self.session->get().add_store(experiment::preset_store(store))};
           })
      .def("add_counters",
           [](const PlatformView& self, const HostView& server) {
             return CountersView{self.session,
                                 &self.session->get().add_metadata_store(server.get())};
           })
      .def("add_function",
           [](const PlatformView& self) {
             platform::Platform& platform = self.session->get();
             return FunctionView{self.session, platform.lambda().add_function(
                                                   platform.spec().functions.executor())};
           })
      .def("invoke_sync",
           [](const PlatformView& self, const HostView& caller, const FunctionView& function,
              int64_t payload_bytes, py::object handler, py::args arguments) {
             return invoke_of(self, caller, function, payload_bytes, std::move(handler),
                              std::move(arguments), true);
           })
      .def("invoke_async",
           [](const PlatformView& self, const HostView& caller, const FunctionView& function,
              int64_t payload_bytes, py::object handler, py::args arguments) {
             return invoke_of(self, caller, function, payload_bytes, std::move(handler),
                              std::move(arguments), false);
           })
      .def("execute",
           [](const PlatformView& self, const HostView& host, int64_t task) {
             return Operation(execute(self.session->get(), host.get(), task_of(*self.session, task),
                                      self.session));
           })
      .def("drop",
           [](const PlatformView& self, const HostView& host, int64_t object) {
             self.session->get().values().drop(host.get(), object_of(*self.session, object));
           })
      .def("channel", make_channel)
      .def("spawn", spawn, py::arg("coroutine"), py::arg("name") = "process");
}

py::object platform_view(const SessionPtr& session) { return py::cast(PlatformView{session}); }

}  // namespace wukong::python
