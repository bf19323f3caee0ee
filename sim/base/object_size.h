// How large an object is, in both accounts of a run. Time and money are charged for the actual
// size. The nominal one is the declared shape's, which numpywren's own counters add up, and with
// them its paper and Wukong's figures.
#pragma once

#include "sim/base/bytes.h"

namespace wukong {

struct ObjectSize {
  Bytes actual;
  Bytes nominal;
};

}  // namespace wukong
