#include "workloads/kernels/matrix.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "workloads/kernels/numeric_library.h"

namespace wukong::kernels {
namespace {

int narrow(int64_t value) { return static_cast<int>(value); }

void check_info(const char* routine, int info) {
  ENSURE(info >= 0, routine, info);  // an argument of ours was wrong
  if (info > 0)
    throw std::runtime_error(std::string(routine) + " failed at element " + std::to_string(info));
}

void copy_upper(const Matrix& from, int64_t rank, double* r) {
  for (int64_t column = 0; column < from.columns; ++column)
    for (int64_t row = 0; row < rank; ++row)
      r[column * rank + row] = row <= column ? from.at(row, column) : 0;
}

}  // namespace

void keep_to_one_core() { numeric().keep_to_one_core(); }

void multiply(double alpha, MatrixView left, Transposed left_is, MatrixView right,
              Transposed right_is, double beta, double* result) {
  const bool left_turned = left_is == Transposed::yes;
  const bool right_turned = right_is == Transposed::yes;
  const int64_t rows = left_turned ? left.columns : left.rows;
  const int64_t inner = left_turned ? left.rows : left.columns;
  const int64_t columns = right_turned ? right.rows : right.columns;
  ENSURE(inner == (right_turned ? right.columns : right.rows), inner, right.rows, right.columns);
  numeric().multiply({left_turned, right_turned}, {narrow(rows), narrow(columns), narrow(inner)},
                     alpha, {left.data, narrow(left.rows)}, {right.data, narrow(right.rows)}, beta,
                     result);
}

Matrix product_of(MatrixView left, MatrixView right, Transposed left_is, Transposed right_is) {
  Matrix result(left_is == Transposed::yes ? left.columns : left.rows,
                right_is == Transposed::yes ? right.rows : right.columns);
  multiply(1, left, left_is, right, right_is, 0, result.numbers.data());
  return result;
}

void factor_qr(MatrixView matrix, double* q, double* r) {
  const int64_t rank = std::min(matrix.rows, matrix.columns);
  Matrix work(matrix);
  std::vector<double> tau(static_cast<size_t>(rank));
  check_info("dgeqrf", numeric().dgeqrf(narrow(matrix.rows), narrow(matrix.columns),
                                        work.numbers.data(), narrow(matrix.rows), tau.data()));
  copy_upper(work, rank, r);
  check_info("dorgqr", numeric().dorgqr(narrow(matrix.rows), narrow(rank), narrow(rank),
                                        work.numbers.data(), narrow(matrix.rows), tau.data()));
  std::copy_n(work.numbers.data(), matrix.rows * rank, q);
}

void factor_qr_compact(MatrixView matrix, double* v, double* t, double* r) {
  const int64_t rank = std::min(matrix.rows, matrix.columns);
  Matrix work(matrix);
  std::fill_n(t, rank * rank, 0.0);
  check_info("dgeqrt", numeric().dgeqrt(narrow(matrix.rows), narrow(matrix.columns), narrow(rank),
                                        work.numbers.data(), narrow(matrix.rows), t, narrow(rank)));
  copy_upper(work, rank, r);
  for (int64_t column = 0; column < rank; ++column) {
    for (int64_t row = 0; row < matrix.rows; ++row) {
      const double below = row > column ? work.at(row, column) : 0;
      v[column * matrix.rows + row] = row == column ? 1 : below;
    }
    // Below the diagonal of T is work space of the routine.
    for (int64_t row = column + 1; row < rank; ++row) t[column * rank + row] = 0;
  }
}

void factor_svd(MatrixView matrix, double* u, double* s, double* vt) {
  const int64_t rank = std::min(matrix.rows, matrix.columns);
  Matrix work(matrix);
  check_info("dgesdd",
             numeric().dgesdd('S', narrow(matrix.rows), narrow(matrix.columns), work.numbers.data(),
                              narrow(matrix.rows), s, u, narrow(matrix.rows), vt, narrow(rank)));
}

std::vector<double> singular_values(MatrixView matrix) {
  const int64_t rank = std::min(matrix.rows, matrix.columns);
  Matrix work(matrix);
  std::vector<double> s(static_cast<size_t>(rank));
  check_info("dgesdd", numeric().dgesdd('N', narrow(matrix.rows), narrow(matrix.columns),
                                        work.numbers.data(), narrow(matrix.rows), s.data(), nullptr,
                                        narrow(matrix.rows), nullptr, narrow(rank)));
  return s;
}

void factor_cholesky(int64_t extent, double* matrix) {
  check_info("dpotrf", numeric().dpotrf('L', narrow(extent), matrix, narrow(extent)));
  for (int64_t column = 1; column < extent; ++column)
    std::fill_n(matrix + column * extent, column, 0.0);
}

void solve_right_transposed(MatrixView lower, int64_t rows, double* block) {
  numeric().solve_right_lower_transposed(narrow(rows), narrow(lower.columns),
                                         {lower.data, narrow(lower.rows)}, block);
}

void solve_right(MatrixView upper, int64_t rows, double* block) {
  numeric().solve_right_upper(narrow(rows), narrow(upper.columns), {upper.data, narrow(upper.rows)},
                              block);
}

double norm(MatrixView matrix) {
  return numeric().norm(narrow(matrix.rows * matrix.columns), matrix.data);
}

double norm_of_difference(MatrixView left, MatrixView right) {
  ENSURE(left.rows == right.rows && left.columns == right.columns, left.rows, right.rows);
  Matrix difference(left);
  for (size_t i = 0; i < difference.numbers.size(); ++i) difference.numbers[i] -= right.data[i];
  return norm(difference);
}

double orthogonality_error(MatrixView matrix) {
  Matrix gram = product_of(matrix, matrix, Transposed::yes, Transposed::no);
  for (int64_t i = 0; i < gram.rows; ++i) gram.at(i, i) -= 1;
  return norm(gram) / std::sqrt(static_cast<double>(gram.rows));
}

}  // namespace wukong::kernels
