#include "runtime/untimed_store.h"

#include <utility>

#include "sim/platform/service_call.h"

namespace wukong::runtime {

using sim::Operation;
using sim::ServiceCall;
using sim::StoreStatus;
using sim::Task;

Task<StoreStatus> UntimedStore::put(const sim::Host& from, ObjectId object, sim::ObjectSize size) {
  ServiceCall call(books_, Operation::object_put, {from.id.value(), object.value()});
  objects_.insert(object, size);
  call.wrote(size);
  co_return StoreStatus::ok;
}

Task<StoreStatus> UntimedStore::get(const sim::Host& to, ObjectId object) {
  ServiceCall call(books_, Operation::object_get, {to.id.value(), object.value()});
  const std::optional<sim::ObjectSize> found = objects_.find(object);
  if (!found) {
    call.missed();
    co_return StoreStatus::missing;
  }
  call.read(*found);
  co_return StoreStatus::ok;
}

Task<StoreStatus> UntimedStore::exists(const sim::Host& from, ObjectId object) {
  const ServiceCall call(books_, Operation::object_head, {from.id.value(), object.value()});
  co_return objects_.holds(object) ? StoreStatus::ok : StoreStatus::missing;
}

sim::StoreParts without_time(sim::StoreParts modelled, const sim::Books& books) {
  return {std::make_unique<UntimedServers>(std::move(modelled.servers)),
          std::make_unique<UntimedStore>(books)};
}

}  // namespace wukong::runtime
