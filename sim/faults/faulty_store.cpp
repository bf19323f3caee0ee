#include "sim/faults/faulty_store.h"

#include "sim/accounting/usage.h"
#include "sim/hosts/host.h"
#include "sim/platform/platform_spec.h"

namespace wukong::faults {

FaultyStore::ServerState& FaultyStore::state_of_server(ObjectId object) {
  const size_t index = servers_.server_of(object);
  if (index >= states_.size()) states_.resize(index + 1);
  return states_[index];
}

bool FaultyStore::lost(ObjectId object) const {
  const size_t index = servers_.server_of(object);
  if (index >= states_.size() || object.index() >= stored_after_.size()) return false;
  return stored_after_[object.index()] < states_[index].losses;
}

void FaultyStore::note_stored(ObjectId object) {
  if (object.index() >= stored_after_.size()) stored_after_.resize(object.index() + 1);
  stored_after_[object.index()] = state_of_server(object).losses;
}

void FaultyStore::preload(ObjectId object, ObjectSize size) {
  store_->preload(object, size);
  note_stored(object);
}

engine::Task<RequestFault> FaultyStore::begin(const hosts::Host& client, ObjectId object) {
  co_await faults_.before_call(client.id);
  FaultPlan& plan = faults_.plan();
  ServerState& state = state_of_server(object);
  const bool outage = plan.strikes(FaultKind::shard_outage);
  const bool loss = plan.strikes(FaultKind::shard_loss);
  if (outage || loss) state.down_until = engine_.now() + plan.spec().outage;
  if (loss) ++state.losses;
  RequestFault fault = faults_.storage_request();
  co_await engine_.sleep(fault.delay, "a slow store");
  if (engine_.now() < state_of_server(object).down_until) fault.failed = true;
  if (fault.failed) co_await engine_.sleep(RequestFault::kNoAnswer, "a store that does not answer");
  co_return fault;
}

engine::Task<storage::StoreStatus> FaultyStore::put(const hosts::Host& from, ObjectId object,
                                                    ObjectSize size) {
  const RequestFault fault = co_await begin(from, object);
  if (fault.failed) co_return storage::StoreStatus::unavailable;
  const storage::StoreStatus status = co_await store_->put(from, object, size);
  if (status == storage::StoreStatus::ok) note_stored(object);
  co_await faults_.after_call(from.id);
  co_return fault.reply_lost ? storage::StoreStatus::unavailable : status;
}

engine::Task<storage::StoreStatus> FaultyStore::get(const hosts::Host& to, ObjectId object) {
  const RequestFault fault = co_await begin(to, object);
  if (fault.failed) co_return storage::StoreStatus::unavailable;
  storage::StoreStatus status = storage::StoreStatus::missing;
  if (lost(object)) {
    co_await store_->exists(to, object);  // it takes as long to hear that there is nothing
    ++usage_.missed_reads;
  } else {
    status = co_await store_->get(to, object);
  }
  co_await faults_.after_call(to.id);
  co_return fault.reply_lost ? storage::StoreStatus::unavailable : status;
}

engine::Task<storage::StoreStatus> FaultyStore::exists(const hosts::Host& from, ObjectId object) {
  const RequestFault fault = co_await begin(from, object);
  if (fault.failed) co_return storage::StoreStatus::unavailable;
  storage::StoreStatus status = co_await store_->exists(from, object);
  if (lost(object)) status = storage::StoreStatus::missing;
  co_await faults_.after_call(from.id);
  co_return fault.reply_lost ? storage::StoreStatus::unavailable : status;
}

}  // namespace wukong::faults
