#include "runtime/stores/emulated_store.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "sim/engine/span.h"
#include "sim/hosts/host.h"

namespace wukong::stores {

using std::chrono::steady_clock;
using storage::StoreStatus;

EmulatedStore::EmulatedStore(const Parts& parts, std::unique_ptr<ByteStore> bytes,
                             std::unique_ptr<storage::ObjectStore> requests)
    : parts_(parts), bytes_(std::move(bytes)), requests_(std::move(requests)) {}

void EmulatedStore::preload(ObjectId object, ObjectSize size) {
  const kernels::Value value = parts_.computation.initial(object);
  const ObjectSize real = real_size(object, value, size);
  requests_->preload(object, real);
  bytes_->preload(object, value);
  objects_.insert(object, real);
}

// What a command makes is as large as it is.
ObjectSize EmulatedStore::real_size(ObjectId object, const kernels::Value& value,
                                    ObjectSize declared) {
  if (value.size() == declared.actual) return declared;
  parts_.measurements.sizes[object] = value.size();
  return {value.size(), value.size()};
}

kernels::Value EmulatedStore::value_of(const hosts::Host& from, ObjectId object,
                                       ObjectSize size) const {
  if (object.index() < parts_.dag.object_count()) return parts_.memory.get(from, object);
  kernels::Buffer document(size.actual);
  std::ranges::fill(document.bytes(), std::byte{0});
  return std::move(document).freeze();
}

engine::Task<StoreStatus> EmulatedStore::put(const hosts::Host& from, ObjectId object,
                                             ObjectSize declared) {
  kernels::Value value = value_of(from, object, declared);
  const ObjectSize size = real_size(object, value, declared);
  const Bytes bytes = value.size();
  const uint32_t host = from.id.value();
  const StoreStatus granted = co_await requests_->put(from, object, size);
  if (granted != StoreStatus::ok) co_return granted;
  const engine::Span span(parts_.engine, {engine::SpanKind::object, "put", host, object.value()});
  const auto start = steady_clock::now();
  const StoreStatus status = co_await bytes_->write(object, std::move(value));
  if (status != StoreStatus::ok) co_return status;
  if (!bytes_->queues(bytes)) parts_.measurements.writes.add(steady_clock::now() - start, bytes);
  objects_.insert(object, size);
  co_return StoreStatus::ok;
}

engine::Task<StoreStatus> EmulatedStore::get(const hosts::Host& to, ObjectId object) {
  const hosts::Host host = to;
  const StoreStatus granted = co_await requests_->get(host, object);
  if (granted != StoreStatus::ok) co_return granted;
  const engine::Span span(parts_.engine,
                          {engine::SpanKind::object, "get", host.id.value(), object.value()});
  const auto start = steady_clock::now();
  ReadReply reply = co_await bytes_->read(object);
  if (reply.status != StoreStatus::ok) co_return reply.status;
  if (!bytes_->queues(reply.value.size()))
    parts_.measurements.reads.add(steady_clock::now() - start, reply.value.size());
  parts_.memory.add(host, object, std::move(reply.value));
  co_return StoreStatus::ok;
}

engine::Task<StoreStatus> EmulatedStore::exists(const hosts::Host& from, ObjectId object) {
  co_await requests_->exists(from, object);
  co_return co_await bytes_->exists(object);
}

}  // namespace wukong::stores
