// Matrices of doubles for the kernels and for verification: column by column, owned, small
// vocabulary over BLAS and LAPACK. Everything runs on the calling thread, after keep_to_one_core().
// A factorisation that fails throws std::runtime_error.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/check.h"

namespace wukong::kernels {

// A matrix that lies in somebody's memory.
struct MatrixView {
  const double* data;
  int64_t rows;
  int64_t columns;
};

struct Matrix {
  Matrix(int64_t row_count, int64_t column_count)
      : rows(row_count),
        columns(column_count),
        numbers(static_cast<size_t>(row_count * column_count)) {}
  explicit Matrix(MatrixView view) : Matrix(view.rows, view.columns) {
    numbers.assign(view.data, view.data + rows * columns);
  }

  double& at(int64_t row, int64_t column) {
    return numbers[static_cast<size_t>(column * rows + row)];
  }
  double at(int64_t row, int64_t column) const {
    return numbers[static_cast<size_t>(column * rows + row)];
  }
  operator MatrixView() const { return {numbers.data(), rows, columns}; }

  int64_t rows;
  int64_t columns;
  std::vector<double> numbers;
};

inline MatrixView view_of(std::span<const double> numbers, int64_t rows, int64_t columns) {
  ENSURE(static_cast<int64_t>(numbers.size()) == rows * columns, numbers.size(), rows, columns);
  return {numbers.data(), rows, columns};
}

// The library's own threads are not used from here on, in the whole process: they would take the
// cores of other tasks, and make kernels that run at the same time wait for each other.
void keep_to_one_core();

enum class Transposed { no, yes };

// result := beta * result + alpha * op(left) * op(right); `result` has as many rows as op(left).
void multiply(double alpha, MatrixView left, Transposed left_is, MatrixView right,
              Transposed right_is, double beta, double* result);
Matrix product_of(MatrixView left, MatrixView right, Transposed left_is = Transposed::no,
                  Transposed right_is = Transposed::no);

// Thin QR: `q` (rows x rank) and `r` (rank x columns).
void factor_qr(MatrixView matrix, double* q, double* r);
// QR in compact WY form, Q = I - V T V^T: V is unit lower trapezoidal, T and R upper triangular.
void factor_qr_compact(MatrixView matrix, double* v, double* t, double* r);
// u (rows x rank), s (rank), vt (rank x columns).
void factor_svd(MatrixView matrix, double* u, double* s, double* vt);
std::vector<double> singular_values(MatrixView matrix);
// Lower triangle in place, zeros above. The matrix must be symmetric and positive definite.
void factor_cholesky(int64_t extent, double* matrix);
// block := block * L^-T.
void solve_right_transposed(MatrixView lower, int64_t rows, double* block);
// block := block * R^-1.
void solve_right(MatrixView upper, int64_t rows, double* block);

// Frobenius.
double norm(MatrixView matrix);
double norm_of_difference(MatrixView left, MatrixView right);
// |A^T A - I| / sqrt(columns): how far the columns are from orthonormal.
double orthogonality_error(MatrixView matrix);

}  // namespace wukong::kernels
