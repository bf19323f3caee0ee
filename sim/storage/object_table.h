// Which objects a store holds, and their sizes: a dense table by ObjectId. A run has millions of
// objects of a few sizes, so the table has for each object only the number of its size.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/ids.h"
#include "sim/storage/object_store.h"

namespace wukong::storage {

class ObjectTable {
 public:
  bool holds(ObjectId object) const { return find(object).has_value(); }

  std::optional<ObjectSize> find(ObjectId object) const {
    if (object.index() >= size_of_.size() || size_of_[object.index()] == 0) return std::nullopt;
    return sizes_[size_of_[object.index()] - 1];
  }

  void insert(ObjectId object, ObjectSize size) {
    ENSURE(object.valid());
    ENSURE(size.actual >= Bytes(0) && size.nominal >= Bytes(0), size.actual.count(),
           size.nominal.count());
    if (object.index() >= size_of_.size()) size_of_.resize(object.index() + 1);
    size_of_[object.index()] = number_of(size);
  }

 private:
  uint32_t number_of(ObjectSize size) {
    const auto [known, is_new] = numbers_.try_emplace(std::pair(size.actual, size.nominal),
                                                      static_cast<uint32_t>(sizes_.size() + 1));
    if (is_new) sizes_.push_back(size);
    return known->second;
  }

  std::vector<uint32_t> size_of_;  // number of the object's size, from 1; 0: not held
  std::vector<ObjectSize> sizes_;
  std::map<std::pair<Bytes, Bytes>, uint32_t> numbers_;
};

}  // namespace wukong::storage
