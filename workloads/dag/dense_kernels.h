// Sizes and flop counts of dense linear algebra on blocks of doubles, shared by the generators.
// Counts are the textbook ones (Golub and Van Loan, Matrix Computations, 5.2 and 8.6).
#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/base/bytes.h"
#include "sim/base/object_size.h"
#include "sim/hosts/task_cost.h"

namespace wukong::dag {

constexpr Bytes matrix_bytes(int64_t rows, int64_t columns) { return Bytes(8 * rows * columns); }

// An object whose declared shape is its shape.
constexpr ObjectSize as_declared(Bytes size) { return {.actual = size, .nominal = size}; }

// Householder QR of a rows x columns block: 2 m n^2 - 2/3 n^3 for m >= n.
constexpr double qr_flops(int64_t rows, int64_t columns) {
  const auto tall = static_cast<double>(std::max(rows, columns));
  const auto narrow = static_cast<double>(std::min(rows, columns));
  return 2 * tall * narrow * narrow - 2 * narrow * narrow * narrow / 3;
}

// Memory traffic of the Householder QR of a tall, narrow block. LAPACK's dgeqrf is not blocked
// below 129 columns: each of n columns reads what is right of it twice and writes it once, 3 x 8 B
// x m n^2 / 2. Wider blocks are taken as if they were not blocked either.
constexpr Bytes qr_traffic(int64_t rows, int64_t columns) {
  return Bytes(12 * rows * columns * std::min(rows, columns));
}

// numpy's QR: LAPACK's, and three transpositions, since numpy keeps rows together and LAPACK
// columns (the block in, R out, Q out). An element is read and written, 16 B; but where a row is a
// multiple of 512 B, the elements of a column fall into the same few sets of the caches, and each
// moves a line of 64 B in and out. Within 20 % of what bench/perf/numpy_qr.py measures, 20 to 128
// columns.
constexpr Bytes numpy_qr_traffic(int64_t rows, int64_t columns) {
  const bool collide = 8 * columns % 512 == 0;
  return qr_traffic(rows, columns) + Bytes(3 * (collide ? 128 : 16) * rows * columns);
}

// Singular values and both sets of vectors of a rows x columns block, by Golub and Reinsch:
// 4 m^2 n + 8 m n^2 + 9 n^3 for m >= n.
constexpr double svd_flops(int64_t rows, int64_t columns) {
  const auto m = static_cast<double>(std::max(rows, columns));
  const auto n = static_cast<double>(std::min(rows, columns));
  return 4 * m * m * n + 8 * m * n * n + 9 * n * n * n;
}

// A task of one kernel that reads its inputs and writes its outputs once.
constexpr hosts::TaskCost kernel_cost(hosts::Kernel kernel, double flops, Bytes touched) {
  hosts::TaskCost cost;
  cost.kernel = kernel;
  cost.flops = flops;
  cost.touched = touched;
  return cost;
}

// A task of a kernel that is mostly products, of blocks or of a block and a vector: numpy's BLAS
// starts a thread for each core. Elementwise work runs on one thread: kernel_cost().
constexpr hosts::TaskCost blas_cost(hosts::Kernel kernel, double flops, Bytes touched) {
  hosts::TaskCost cost = kernel_cost(kernel, flops, touched);
  cost.threads = hosts::kEveryThread;
  return cost;
}

constexpr double product(int64_t a, int64_t b, int64_t c) {
  return static_cast<double>(a) * static_cast<double>(b) * static_cast<double>(c);
}

// A product of rows x inner and inner x columns.
constexpr double gemm_flops(int64_t rows, int64_t inner, int64_t columns) {
  return 2 * product(rows, inner, columns);
}

}  // namespace wukong::dag
