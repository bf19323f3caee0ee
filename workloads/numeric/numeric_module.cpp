// The module that gives the program BLAS and LAPACK (workloads/kernels/numeric_library.h).
#include <cblas.h>
#include <lapacke.h>

#include "workloads/kernels/numeric_functions.h"

namespace wukong::numeric {
namespace {

using kernels::Columns;
using kernels::NumericFunctions;
using kernels::ProductSize;
using kernels::Turned;

CBLAS_TRANSPOSE code(bool turned) { return turned ? CblasTrans : CblasNoTrans; }

void keep_to_one_core() { openblas_set_num_threads(1); }

void multiply(Turned turned, ProductSize size, double alpha, Columns left, Columns right,
              double beta, double* result) {
  cblas_dgemm(CblasColMajor, code(turned.left), code(turned.right), size.rows, size.columns,
              size.inner, alpha, left.data, left.stride, right.data, right.stride, beta, result,
              size.rows);
}

void solve_right_lower_transposed(int rows, int columns, Columns lower, double* block) {
  cblas_dtrsm(CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, rows, columns, 1,
              lower.data, lower.stride, block, rows);
}

void solve_right_upper(int rows, int columns, Columns upper, double* block) {
  cblas_dtrsm(CblasColMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, rows, columns, 1,
              upper.data, upper.stride, block, rows);
}

double norm(int count, const double* numbers) { return cblas_dnrm2(count, numbers, 1); }

int dgeqrf(int rows, int columns, double* a, int stride, double* tau) {
  return LAPACKE_dgeqrf(LAPACK_COL_MAJOR, rows, columns, a, stride, tau);
}

int dorgqr(int rows, int columns, int reflectors, double* a, int stride, const double* tau) {
  return LAPACKE_dorgqr(LAPACK_COL_MAJOR, rows, columns, reflectors, a, stride, tau);
}

int dgeqrt(int rows, int columns, int block, double* a, int stride, double* t, int t_stride) {
  return LAPACKE_dgeqrt(LAPACK_COL_MAJOR, rows, columns, block, a, stride, t, t_stride);
}

int dgesdd(char job, int rows, int columns, double* a, int stride, double* s, double* u,
           int u_stride, double* vt, int vt_stride) {
  return LAPACKE_dgesdd(LAPACK_COL_MAJOR, job, rows, columns, a, stride, s, u, u_stride, vt,
                        vt_stride);
}

int dpotrf(char triangle, int extent, double* a, int stride) {
  return LAPACKE_dpotrf(LAPACK_COL_MAJOR, triangle, extent, a, stride);
}

constexpr NumericFunctions kFunctions{.keep_to_one_core = keep_to_one_core,
                                      .multiply = multiply,
                                      .solve_right_lower_transposed = solve_right_lower_transposed,
                                      .solve_right_upper = solve_right_upper,
                                      .norm = norm,
                                      .dgeqrf = dgeqrf,
                                      .dorgqr = dorgqr,
                                      .dgeqrt = dgeqrt,
                                      .dgesdd = dgesdd,
                                      .dpotrf = dpotrf};

}  // namespace
}  // namespace wukong::numeric

extern "C" const wukong::kernels::NumericFunctions* wukong_numeric_functions() {
  return &wukong::numeric::kFunctions;
}
