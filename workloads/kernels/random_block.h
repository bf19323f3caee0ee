// Input data: uniform numbers from [-1, 1), a stream of its own for each object, so that whoever
// verifies a result makes them again.
#pragma once

#include "sim/base/ids.h"
#include "sim/base/random.h"
#include "workloads/kernels/value.h"

namespace wukong::kernels {

inline Value random_block(uint64_t seed, ObjectId object, Bytes size) {
  RandomStream random(seed, "kernels.block", object.index());
  Buffer buffer(size);
  for (double& number : buffer.numbers()) number = 2 * random.uniform() - 1;
  // A size that is not a multiple of a number's has a rest.
  for (std::byte& byte : buffer.bytes().subspan(buffer.numbers().size_bytes()))
    byte = static_cast<std::byte>(random.next());
  return std::move(buffer).freeze();
}

}  // namespace wukong::kernels
