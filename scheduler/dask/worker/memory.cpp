#include "scheduler/dask/worker/memory.h"

#include "sim/base/check.h"

namespace wukong::dask_worker {

void DaskMemory::enter_memory(ObjectId object, Entry& entry) {
  entry.used = ++uses_;
  if (entry.pins == 0) by_use_.emplace(entry.used, object);
  managed_ += entry.size;
}

void DaskMemory::leave_disk(Entry& entry) {
  ENSURE(entry.on_disk);
  if (entry.cached) cached_ -= entry.size;
  entry.on_disk = entry.cached = false;
}

bool DaskMemory::cached(ObjectId object) const {
  const auto found = entries_.find(object);
  return found != entries_.end() && found->second.cached;
}

void DaskMemory::leave_memory(Entry& entry) {
  ENSURE(!entry.on_disk && managed_ >= entry.size, managed_.count(), entry.size.count());
  by_use_.erase(entry.used);
  managed_ -= entry.size;
}

void DaskMemory::add(ObjectId object, Bytes size) {
  const auto [place, inserted] = entries_.try_emplace(object);
  if (!inserted) return;
  place->second.size = size;
  stored_ += size;
  enter_memory(object, place->second);
}

void DaskMemory::preload(ObjectId object, Bytes size) {
  add(object, size);
  if (above_target()) moved_to_disk(object);
}

void DaskMemory::remove(ObjectId object) {
  const auto found = entries_.find(object);
  if (found == entries_.end()) return;
  if (found->second.on_disk)
    leave_disk(found->second);
  else
    leave_memory(found->second);
  stored_ -= found->second.size;
  entries_.erase(found);
}

void DaskMemory::clear() {
  entries_.clear();
  by_use_.clear();
  managed_ = stored_ = cached_ = reserved_ = Bytes(0);
}

void DaskMemory::pin(ObjectId object) {
  const auto found = entries_.find(object);
  if (found == entries_.end()) return;
  if (found->second.pins++ == 0 && !found->second.on_disk) by_use_.erase(found->second.used);
}

void DaskMemory::unpin(ObjectId object) {
  const auto found = entries_.find(object);
  if (found == entries_.end() || found->second.pins == 0) return;  // removed and added meanwhile
  Entry& entry = found->second;
  if (--entry.pins > 0 || entry.on_disk) return;
  entry.used = ++uses_;
  by_use_.emplace(entry.used, object);
}

void DaskMemory::release(Bytes amount) {
  ENSURE(amount <= reserved_, amount.count(), reserved_.count());
  reserved_ -= amount;
}

std::optional<ObjectId> DaskMemory::oldest() const {
  if (by_use_.empty()) return std::nullopt;
  return by_use_.begin()->second;
}

Bytes DaskMemory::size(ObjectId object) const {
  const auto found = entries_.find(object);
  ENSURE(found != entries_.end(), object.value());
  return found->second.size;
}

void DaskMemory::moved_to_disk(ObjectId object) {
  const auto found = entries_.find(object);
  if (found == entries_.end() || found->second.on_disk || found->second.pins > 0) return;
  Entry& entry = found->second;
  leave_memory(entry);
  entry.on_disk = true;
  entry.cached = cache_takes(entry.size);
  if (entry.cached) cached_ += entry.size;
}

void DaskMemory::moved_to_memory(ObjectId object) {
  const auto found = entries_.find(object);
  if (found == entries_.end() || !found->second.on_disk) return;
  leave_disk(found->second);
  enter_memory(object, found->second);
}

}  // namespace wukong::dask_worker
