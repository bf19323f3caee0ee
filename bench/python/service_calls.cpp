#include "bench/python/service_calls.h"

#include <pybind11/stl.h>

#include <utility>

#include "sim/engine/engine.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/hosts/task_runner.h"
#include "sim/platform/platform.h"
#include "workloads/dag/dag.h"

namespace wukong::python {
namespace {

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

}  // namespace

Value sleep_call(engine::Engine& engine, Duration time) {
  co_await engine.sleep(time);
  co_return py::none();
}
Value get_call(storage::ObjectStore& store, hosts::Host host, ObjectId object) {
  const storage::StoreStatus status = co_await store.get(host, object);
  co_return py::str(text_of(status));
}
Value put_call(storage::ObjectStore& store, hosts::Host host, ObjectId object, ObjectSize size) {
  const storage::StoreStatus status = co_await store.put(host, object, size);
  co_return py::str(text_of(status));
}
Value exists_call(storage::ObjectStore& store, hosts::Host host, ObjectId object) {
  const storage::StoreStatus status = co_await store.exists(host, object);
  co_return py::str(text_of(status));
}
Value count_call(storage::MetadataStore& store, hosts::Host host, storage::CounterRequest request) {
  const storage::CounterReply reply = co_await store.count(host, request);
  co_return py::cast(reply.value);
}
Value execute_call(SessionPtr session, hosts::Host host, TaskId task) {
  const hosts::TaskCost& cost = session->dag->cost(task);
  const hosts::ExecuteStatus status = co_await session->get().tasks().execute(host, task, cost);
  co_return py::bool_(status == hosts::ExecuteStatus::done);
}
Value receive_call([[maybe_unused]] py::object kept, engine::Channel<py::object>& channel) {
  py::object message = co_await channel.receive();
  co_return message;
}

Value invoke_call(std::shared_ptr<HandlerCall> call, hosts::Host caller, FunctionId function,
                  Bytes payload, Waiting waiting) {
  functions::LambdaClient& lambda = call->session->get().lambda();
  functions::Handler handler = [call](functions::Environment& environment) {
    return handle(call, environment);
  };
  functions::InvokeReply reply;
  if (waiting == Waiting::for_the_end)
    reply = co_await lambda.invoke_sync(caller, function, payload, std::move(handler));
  else
    reply = co_await lambda.invoke_async(caller, function, payload, std::move(handler));
  co_return py::str(text_of(reply));
}

engine::Task<> process_of(SessionPtr session, py::object coroutine) {
  co_await drive(std::move(session), std::move(coroutine));
}

}  // namespace wukong::python
