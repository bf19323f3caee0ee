// A support vector machine with a radial kernel, as it would have been fitted before the run:
// random vectors with random weights. The label of x is the sign of sum_i w_i exp(-|x - v_i|^2 / f)
// for f features.
#pragma once

#include <cstdint>
#include <span>

#include "workloads/kernels/matrix.h"

namespace wukong::kernels {

class SupportVectors {
 public:
  SupportVectors(uint64_t seed, int64_t vectors, int64_t features);
  // One label, 1 or -1, for each row of `samples`.
  void classify(MatrixView samples, std::span<double> labels) const;
  // The sum for one row; an independent way to the same label.
  double decision(MatrixView samples, int64_t row) const;

 private:
  Matrix vectors_;  // features x vectors: one column each
  Matrix weights_;  // vectors x 1
};

}  // namespace wukong::kernels
