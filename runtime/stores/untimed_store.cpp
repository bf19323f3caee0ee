#include "runtime/stores/untimed_store.h"

#include <utility>

#include "sim/accounting/service_call.h"
#include "sim/hosts/host.h"

namespace wukong::stores {

using accounting::Operation;
using accounting::ServiceCall;
using engine::Task;
using storage::StoreStatus;

Task<StoreStatus> UntimedStore::put(const hosts::Host& from, ObjectId object, ObjectSize size) {
  ServiceCall call(books_, Operation::object_put, {from.id.value(), object.value()});
  objects_.insert(object, size);
  call.wrote(size);
  co_return StoreStatus::ok;
}

Task<StoreStatus> UntimedStore::get(const hosts::Host& to, ObjectId object) {
  ServiceCall call(books_, Operation::object_get, {to.id.value(), object.value()});
  const std::optional<ObjectSize> found = objects_.find(object);
  if (!found) {
    call.missed();
    co_return StoreStatus::missing;
  }
  call.read(*found);
  co_return StoreStatus::ok;
}

Task<StoreStatus> UntimedStore::exists(const hosts::Host& from, ObjectId object) {
  const ServiceCall call(books_, Operation::object_head, {from.id.value(), object.value()});
  co_return objects_.holds(object) ? StoreStatus::ok : StoreStatus::missing;
}

storage::StoreParts without_time(storage::StoreParts modelled, const accounting::Books& books) {
  return {std::make_unique<UntimedServers>(std::move(modelled.servers)),
          std::make_unique<UntimedStore>(books)};
}

}  // namespace wukong::stores
