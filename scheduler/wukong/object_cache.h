// The objects in an executor's memory. A handful at a time, so a flat list is the fastest map.
#pragma once

#include <algorithm>
#include <vector>

#include "sim/base/bytes.h"
#include "sim/platform/ids.h"

namespace wukong::scheduler {

class ObjectCache {
 public:
  struct Entry {
    ObjectId object;
    Bytes size;
    bool stored;  // a copy is in the object store, so it can be dropped and fetched again
  };

  const Entry* find(ObjectId object) const {
    for (const Entry& entry : entries_)
      if (entry.object == object) return &entry;
    return nullptr;
  }
  void add(ObjectId object, Bytes size, bool stored) {
    if (find(object) != nullptr) return;
    entries_.push_back(Entry{object, size, stored});
    held_ += size;
  }
  void mark_stored(ObjectId object) {
    for (Entry& entry : entries_)
      if (entry.object == object) entry.stored = true;
  }
  // Drops every entry for which `gone` says so.
  template <class Predicate>
  void drop_if(Predicate gone) {
    std::erase_if(entries_, [&](const Entry& entry) {
      if (!gone(entry)) return false;
      held_ -= entry.size;
      return true;
    });
  }
  Bytes held() const { return held_; }
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
  Bytes held_;
};

}  // namespace wukong::scheduler
