// The services' calls as coroutines that give objects of Python. Their parameters are values, which
// live in the coroutine's frame; services outlive the run.
#pragma once

#include <memory>

#include "bench/python/session.h"
#include "bench/python/views.h"
#include "sim/base/object_size.h"
#include "sim/base/time.h"
#include "sim/storage/metadata_store.h"
#include "sim/storage/object_store.h"

namespace wukong::engine {
class Engine;
}  // namespace wukong::engine

namespace wukong::python {

using Value = engine::Task<py::object>;

Value sleep_call(engine::Engine& engine, Duration time);
Value get_call(storage::ObjectStore& store, hosts::Host host, ObjectId object);
Value put_call(storage::ObjectStore& store, hosts::Host host, ObjectId object, ObjectSize size);
Value exists_call(storage::ObjectStore& store, hosts::Host host, ObjectId object);
Value count_call(storage::MetadataStore& store, hosts::Host host, storage::CounterRequest request);
Value execute_call(SessionPtr session, hosts::Host host, TaskId task);
// `kept` keeps the channel.
Value receive_call(py::object kept, engine::Channel<py::object>& channel);

enum class Waiting : uint8_t { for_acceptance, for_the_end };
Value invoke_call(std::shared_ptr<HandlerCall> call, hosts::Host caller, FunctionId function,
                  Bytes payload, Waiting waiting);
// A process that drives a coroutine.
engine::Task<> process_of(SessionPtr session, py::object coroutine);

}  // namespace wukong::python
