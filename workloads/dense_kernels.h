// Sizes and flop counts of dense linear algebra on blocks of doubles, shared by the generators.
// Counts are the textbook ones (Golub and Van Loan, Matrix Computations, section 5.2).
#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/base/bytes.h"
#include "sim/platform/compute.h"
#include "sim/platform/object_store.h"

namespace wukong::workloads {

constexpr Bytes matrix_bytes(int64_t rows, int64_t columns) { return Bytes(8 * rows * columns); }

// An object whose declared shape is its shape.
constexpr sim::ObjectSize as_declared(Bytes size) { return {.actual = size, .nominal = size}; }

// Householder QR of a rows x columns block: 2 m n^2 - 2/3 n^3 for m >= n.
constexpr double qr_flops(int64_t rows, int64_t columns) {
  const auto tall = static_cast<double>(std::max(rows, columns));
  const auto narrow = static_cast<double>(std::min(rows, columns));
  return 2 * tall * narrow * narrow - 2 * narrow * narrow * narrow / 3;
}

// A task of one kernel that reads its inputs and writes its outputs once.
constexpr sim::TaskCost kernel_cost(sim::Kernel kernel, double flops, Bytes touched) {
  sim::TaskCost cost;
  cost.kernel = kernel;
  cost.flops = flops;
  cost.touched = touched;
  return cost;
}

}  // namespace wukong::workloads
