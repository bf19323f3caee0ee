// The classes that a policy is given. Times are seconds, sizes are bytes, tasks and objects are the
// numbers that the DAG gives them. What is said here of each is said in wukong/_wukong.pyi, too.
#include <pybind11/stl.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "bench/experiment/preset_setup.h"
#include "bench/python/service_calls.h"
#include "bench/python/session.h"
#include "bench/python/views.h"
#include "sim/engine/engine.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/hosts/machine.h"
#include "sim/hosts/values.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"
#include "workloads/dag/dag.h"

namespace wukong::python {
namespace {

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

Duration time_of(double seconds) {
  if (!(seconds >= 0 && seconds < 9e9)) throw py::value_error("a time is 0 to 9e9 seconds");
  return Duration::from_seconds(seconds);
}

// ---- hosts and functions

HostView host_of(const EnvironmentView& self) {
  if (*self.ended) throw std::runtime_error("this function's handler has ended");
  return {self.session, self.environment->host, self.ended};
}

bool fail(const EnvironmentView& self, const std::string& reason) {
  if (!*self.ended) self.environment->failure = reason;
  return false;
}

// ---- stores, counters and channels

void preload_inputs(const StoreView& self) {
  const dag::Dag& dag = *self.session->dag;
  self.session->get();
  for (const ObjectId object : dag.objects())
    if (!dag.producer(object).valid() && !dag.absent(object))
      self.store->preload(object, dag.size(object));
}

Operation get(const StoreView& self, const HostView& to, int64_t object) {
  const hosts::Host& host = to.in(self.session);
  return Operation(get_call(*self.store, host, object_of(*self.session, object)));
}

Operation put(const StoreView& self, const HostView& sender, int64_t object) {
  const hosts::Host& host = sender.in(self.session);
  const ObjectId id = object_of(*self.session, object);
  return Operation(put_call(*self.store, host, id, self.session->dag->size(id)));
}

Operation exists(const StoreView& self, const HostView& sender, int64_t object) {
  const hosts::Host& host = sender.in(self.session);
  return Operation(exists_call(*self.store, host, object_of(*self.session, object)));
}

Operation increment(const CountersView& self, const HostView& sender, uint32_t counter) {
  const hosts::Host& host = sender.in(self.session);
  const storage::CounterRequest request{.action = storage::CounterAction::increment,
                                        .counter = CounterId(counter)};
  return Operation(count_call(*self.store, host, request));
}

void send(const ChannelView& self, py::object message) {
  self.session->get();
  self.channel->send(std::move(message));
}

Operation receive(const py::object& self) {
  const auto& view = self.cast<const ChannelView&>();
  view.session->get();
  return Operation(receive_call(self, *view.channel));
}

void bind_services(py::module_& module) {
  using py::arg;
  py::class_<Operation>(
      module, "Operation",
      "A call of a service, which begins when it is awaited. It is awaited once.");
  py::class_<HostView>(
      module, "Host",
      "A place where code runs and memory holds objects. One of a function is there "
      "until its handler ends; a RuntimeError says so after that.")
      .def_property_readonly("id", [](const HostView& self) { return self.host.id.value(); })
      .def_property_readonly("vcpus", [](const HostView& self) { return self.host.vcpus; })
      .def_property_readonly("memory_bytes",
                             [](const HostView& self) { return self.host.memory.count(); });
  py::class_<FunctionView>(module, "Function",
                           "A function of the service, with the memory and the time limit of "
                           "`platform.functions`.");
  py::class_<EnvironmentView, std::shared_ptr<EnvironmentView>>(module, "Environment",
                                                                "Where a handler runs.")
      .def_property_readonly("host", host_of)
      .def("fail", fail, arg("reason"),
           "Why the handler gives up; returns False, which it then returns.");
  py::class_<StoreView>(module, "Store",
                        "An object store: Redis or S3. A status is \"ok\", \"missing\", "
                        "\"unavailable\" (try again) or \"full\".")
      .def(
          "preload_inputs", preload_inputs,
          "Puts the DAG's initial objects there before the run. Raises ExperimentError if they are "
          "too large.")
      .def("get", get, arg("to"), arg("object"), "The host receives the object into its memory.")
      .def("put", put, arg("sender"), arg("object"),
           "The host sends the object, which its memory holds; its size is the DAG's.")
      .def("exists", exists, arg("sender"), arg("object"), "Whether the object is there.");
  py::class_<CountersView>(module, "Counters", "Atomic counters in the Redis of a machine.")
      .def("increment", increment, arg("sender"), arg("counter"),
           "The counter's new value; None: the request has failed, with effect or without.");
  py::class_<ChannelView>(
      module, "Channel", "An unbounded queue of messages within the policy; sending takes no time.")
      .def("send", send, arg("message"), "Adds a message.")
      .def("receive", receive, "Waits for the next message.")
      .def("__len__", [](const ChannelView& self) { return self.channel->size(); });
}

// ---- the platform

double now(const PlatformView& self) {
  return self.session->get().engine().now().since_start().to_seconds();
}

Operation sleep_of(const PlatformView& self, double seconds) {
  return Operation(sleep_call(self.session->get().engine(), time_of(seconds)));
}

HostView rent(const PlatformView& self, const std::string& type) {
  return {self.session, self.session->get().rent(type).host};
}

void name_host(const PlatformView& self, const HostView& host, const std::string& name) {
  self.session->get().name_host(host.in(self.session), name);
}

StoreView add_store(const PlatformView& self, const std::string& store) {
  return {self.session, &self.session->get().add_store(experiment::preset_store(store))};
}

CountersView add_counters(const PlatformView& self, const HostView& server) {
  return {self.session, &self.session->get().add_metadata_store(server.in(self.session))};
}

FunctionView add_function(const PlatformView& self) {
  platform::Platform& platform = self.session->get();
  return {self.session, platform.lambda().add_function(platform.spec().functions.executor())};
}

template <Waiting waiting>
Operation invoke(const PlatformView& self, const HostView& caller, const FunctionView& function,
                 int64_t payload_bytes, py::object handler, py::args arguments) {
  auto call = std::make_shared<HandlerCall>(
      HandlerCall{self.session, std::move(handler), std::move(arguments)});
  return Operation(invoke_call(std::move(call), caller.in(self.session), function.in(self.session),
                               bytes_of(payload_bytes), waiting));
}

Operation execute(const PlatformView& self, const HostView& host, int64_t task) {
  const hosts::Host& place = host.in(self.session);
  return Operation(execute_call(self.session, place, task_of(*self.session, task)));
}

void drop(const PlatformView& self, const HostView& host, int64_t object) {
  const hosts::Host& place = host.in(self.session);
  self.session->get().values().drop(place, object_of(*self.session, object));
}

std::unique_ptr<ChannelView> make_channel(const PlatformView& self) {
  auto channel = std::make_unique<engine::Channel<py::object>>(self.session->get().engine());
  return std::make_unique<ChannelView>(ChannelView{self.session, std::move(channel)});
}

void spawn(const PlatformView& self, py::object coroutine, const std::string& name) {
  Session& session = *self.session;
  const char* known = nullptr;
  for (const std::string& other : session.names)
    if (other == name) known = other.c_str();
  if (known == nullptr) known = session.names.emplace_back(name).c_str();
  session.get().engine().spawn(process_of(self.session, std::move(coroutine)), known);
}

}  // namespace

void bind_platform(py::module_& module) {
  using py::arg;
  bind_services(module);
  py::class_<PlatformView>(module, "Platform",
                           "A cloud as one run sees it. After the run, each use is a RuntimeError.")
      .def_property_readonly("dag", [](const PlatformView& self) { return self.session->dag; })
      .def_property_readonly("now", now, "Seconds since the run began.")
      .def("sleep", sleep_of, arg("seconds"), "Waits in simulated time.")
      .def("rent", rent, arg("type"),
           "A machine until the end of the run, which pays for it. Raises ExperimentError for a "
           "type "
           "that the platform does not have.")
      .def("name_host", name_host, arg("host"), arg("name"), "What traces call a machine.")
      .def("add_store", add_store, arg("store"),
           "A preset (`redis-1`, `redis-75`, `s3`), or a map as an experiment has it. Raises "
           "ExperimentError.")
      .def("add_counters", add_counters, arg("server"), "Counters in a Redis on this machine.")
      .def("add_function", add_function, "The function that runs tasks.")
      .def("invoke_sync", invoke<Waiting::for_the_end>, arg("caller"), arg("function"),
           arg("payload_bytes"), arg("handler"),
           "Waits for the end of `handler(environment, *arguments)` in the function: \"accepted\", "
           "\"failed\", \"throttled\" or \"payload_too_large\". A handler that returns False has "
           "failed.")
      .def("invoke_async", invoke<Waiting::for_acceptance>, arg("caller"), arg("function"),
           arg("payload_bytes"), arg("handler"),
           "Waits until the call is accepted. A handler that fails is called again, twice at most.")
      .def("execute", execute, arg("host"), arg("task"),
           "Runs the task there, with the inputs that the host's memory holds; False: it has "
           "failed.")
      .def("drop", drop, arg("host"), arg("object"),
           "The host's memory need not hold the object any more.")
      .def("channel", make_channel, "A new channel.")
      .def("spawn", spawn, arg("coroutine"), arg("name") = "process",
           "A process that runs beside this one; `name` is for reports of deadlocks.");
}

py::object platform_view(const SessionPtr& session) { return py::cast(PlatformView{session}); }

}  // namespace wukong::python
