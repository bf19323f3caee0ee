// Which objects a store holds, and their sizes: a dense table by ObjectId.
#pragma once

#include <optional>
#include <vector>

#include "sim/base/check.h"
#include "sim/platform/ids.h"
#include "sim/platform/object_store.h"

namespace wukong::sim {

class ObjectTable {
 public:
  bool holds(ObjectId object) const { return find(object).has_value(); }

  std::optional<ObjectSize> find(ObjectId object) const {
    return object.index() < sizes_.size() ? sizes_[object.index()] : std::nullopt;
  }

  void insert(ObjectId object, ObjectSize size) {
    ENSURE(object.valid());
    ENSURE(size.actual >= Bytes(0) && size.nominal >= Bytes(0), size.actual.count(),
           size.nominal.count());
    if (object.index() >= sizes_.size()) sizes_.resize(object.index() + 1);
    sizes_[object.index()] = size;
  }

 private:
  std::vector<std::optional<ObjectSize>> sizes_;
};

}  // namespace wukong::sim
