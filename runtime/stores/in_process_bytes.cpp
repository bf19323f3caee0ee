#include "runtime/stores/in_process_bytes.h"

#include <algorithm>
#include <utility>

#include "runtime/loop/foreign_call.h"

namespace wukong::stores {

using kernels::Value;
using std::chrono::steady_clock;

namespace {

struct TimedCopy {
  Value value;
  steady_clock::time_point began;
  steady_clock::time_point ended;
};

Value copy_of(const Value& value) {
  kernels::Buffer buffer(value.size());
  std::ranges::copy(value.bytes(), buffer.bytes().begin());
  return std::move(buffer).freeze();
}

}  // namespace

InProcessBytes::~InProcessBytes() {
  for (containers::Container* const container : containers_) container->kill();
}

void InProcessBytes::insert(ObjectId object, Value value) {
  if (object.index() >= values_.size()) values_.resize(object.index() + 1);
  values_[object.index()] = std::move(value);
}

void InProcessBytes::preload(ObjectId object, const Value& value) { insert(object, value); }

containers::Container& InProcessBytes::copier() {
  for (containers::Container* const container : containers_)
    if (container->idle()) return *container;
  containers_.push_back(&copiers_.make_container());
  return *containers_.back();
}

engine::Task<Value> InProcessBytes::copy(Value value) {
  if (!queues(value.size())) co_return copy_of(value);
  loop::ForeignCall<TimedCopy> call(engine_, clock_, "a copy of an object");
  auto body = [value, reply = call.reply()](containers::Container&) {
    const auto began = steady_clock::now();
    Value copied = copy_of(value);
    reply({std::move(copied), began, steady_clock::now()});
  };
  const bool free = copiers_.has_free_worker();
  const auto submitted = steady_clock::now();
  copier().submit(std::move(body));
  std::optional<TimedCopy> copied = co_await call;
  ENSURE(copied.has_value() && "nobody kills a copier");
  if (free) measurements_.copy_starts.add(copied->began - submitted);
  measurements_.copies.add(copied->ended - copied->began, value.size());
  measurements_.copy_ends.add(steady_clock::now() - copied->ended);
  co_return std::move(copied->value);
}

engine::Task<storage::StoreStatus> InProcessBytes::write(ObjectId object, Value value) {
  Value copied = co_await copy(std::move(value));
  insert(object, std::move(copied));
  co_return storage::StoreStatus::ok;
}

engine::Task<ReadReply> InProcessBytes::read(ObjectId object) {
  ReadReply reply;
  if (!holds(object)) {
    reply.status = storage::StoreStatus::missing;
    co_return reply;
  }
  Value stored = *values_[object.index()];
  reply.value = co_await copy(std::move(stored));
  co_return reply;
}

engine::Task<storage::StoreStatus> InProcessBytes::exists(ObjectId object) {
  co_return holds(object) ? storage::StoreStatus::ok : storage::StoreStatus::missing;
}

}  // namespace wukong::stores
