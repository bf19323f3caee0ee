// Which object holds which block of a matrix: the current version while a generator rewrites it.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/ids.h"

namespace wukong::linear_algebra {

class BlockGrid {
 public:
  BlockGrid(int64_t rows, int64_t columns)
      : columns_(columns), blocks_(static_cast<size_t>(rows * columns)) {}

  ObjectId& at(int64_t row, int64_t column) {
    return blocks_[static_cast<size_t>(row * columns_ + column)];
  }

 private:
  int64_t columns_;
  std::vector<ObjectId> blocks_;
};

}  // namespace wukong::linear_algebra
