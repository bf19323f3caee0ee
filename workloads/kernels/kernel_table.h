// The numeric kernels, by the name of a kind of tasks. All are plain functions of their inputs.
#pragma once

#include <string_view>
#include <vector>

#include "workloads/dag/dag.h"
#include "workloads/kernels/value.h"

namespace wukong::kernels {

struct KernelCall {
  dag::KindShape shape;
  std::span<const Value> inputs;
  std::vector<Bytes> output_sizes;
  ObjectId first_output;
  uint64_t seed = 0;
};

using KernelFunction = std::vector<Value> (*)(const KernelCall& call);

// Null: there is none of that name.
KernelFunction find_kernel(std::string_view kind);

}  // namespace wukong::kernels
