// What a Dask worker holds: objects in memory, in the order of their last use, and objects on disk,
// of which the first ones are in the operating system's page cache.
// Bookkeeping only; the worker spends the time. The process' memory is the interpreter, the objects
// in memory, and what is reserved: buffers of transfers and outputs in the making.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "scheduler/dask/common/options.h"
#include "sim/base/ids.h"

namespace wukong::dask_worker {

class DaskMemory {
 public:
  DaskMemory(const dask_common::DaskMemoryOptions& options, Bytes page_cache)
      : options_(options), page_cache_(page_cache) {}

  bool holds(ObjectId object) const { return entries_.contains(object); }
  bool on_disk(ObjectId object) const {
    const auto found = entries_.find(object);
    return found != entries_.end() && found->second.on_disk;
  }
  // Of an object that is on disk, or one of that size that would go there now.
  bool cached(ObjectId object) const;
  bool cache_takes(Bytes size) const { return cached_ + size <= page_cache_; }
  // The object is in memory now, used last. One that is held already stays as it is.
  void add(ObjectId object, Bytes size);
  // Before the run: beyond the target for objects it goes to disk, as it would have gone.
  void preload(ObjectId object, Bytes size);
  void remove(ObjectId object);
  void clear();
  // A task uses it: it is not written out. For as long as it is held.
  void pin(ObjectId object);
  void unpin(ObjectId object);
  void reserve(Bytes amount) { reserved_ += amount; }
  void release(Bytes amount);

  // The object that was used longest ago, is in memory, and may go to disk.
  std::optional<ObjectId> oldest() const;
  Bytes size(ObjectId object) const;
  // Does nothing if the object has been removed meanwhile.
  void moved_to_disk(ObjectId object);
  void moved_to_memory(ObjectId object);

  Bytes managed() const { return managed_; }  // objects in memory
  Bytes stored() const { return stored_; }    // objects, on disk too
  Bytes process() const { return options_.process + managed_ + reserved_; }
  Bytes spill_target() const { return part(options_.spill_target); }
  Bytes most() const { return part(options_.terminate); }  // of the process; beyond, it is killed
  bool above_target() const { return managed_ > spill_target(); }
  bool above_spill() const { return process() > part(options_.spill_process); }
  bool above_pause() const { return process() > part(options_.pause); }
  bool above_terminate() const { return process() > most(); }

 private:
  struct Entry {
    Bytes size;
    uint64_t used = 0;  // key in by_use_
    int32_t pins = 0;
    bool on_disk = false;
    bool cached = false;  // while on disk
  };

  Bytes part(double fraction) const {
    return Bytes::whole(static_cast<double>(options_.limit.count()) * fraction);
  }
  void enter_memory(ObjectId object, Entry& entry);
  void leave_memory(Entry& entry);
  void leave_disk(Entry& entry);

  const dask_common::DaskMemoryOptions& options_;
  Bytes page_cache_;
  std::map<ObjectId, Entry> entries_;
  std::map<uint64_t, ObjectId> by_use_;  // in memory and not pinned, the oldest first
  uint64_t uses_ = 0;
  Bytes managed_;
  Bytes stored_;
  Bytes cached_;
  Bytes reserved_;
};

}  // namespace wukong::dask_worker
