// What is used of BLAS and LAPACK: a table that the module of workloads/numeric fills, and
// that numeric_library.h loads. Plain types only, because it crosses the border of a library.
// Matrices are column by column.
#pragma once

namespace wukong::kernels {

struct Turned {
  bool left;
  bool right;
};
// Of a product: of the result, and of what is summed over.
struct ProductSize {
  int rows;
  int columns;
  int inner;
};
// With the distance between its columns.
struct Columns {
  const double* data;
  int stride;
};

struct NumericFunctions {
  void (*keep_to_one_core)();
  // result := beta * result + alpha * op(left) * op(right)
  void (*multiply)(Turned turned, ProductSize size, double alpha, Columns left, Columns right,
                   double beta, double* result);
  // block := block * L^-T, and block * U^-1; the triangle has `columns` columns.
  void (*solve_right_lower_transposed)(int rows, int columns, Columns lower, double* block);
  void (*solve_right_upper)(int rows, int columns, Columns upper, double* block);
  double (*norm)(int count, const double* numbers);
  // LAPACK's routines of these names; each returns its `info`.
  int (*dgeqrf)(int rows, int columns, double* a, int stride, double* tau);
  int (*dorgqr)(int rows, int columns, int reflectors, double* a, int stride, const double* tau);
  int (*dgeqrt)(int rows, int columns, int block, double* a, int stride, double* t, int t_stride);
  int (*dgesdd)(char job, int rows, int columns, double* a, int stride, double* s, double* u,
                int u_stride, double* vt, int vt_stride);
  int (*dpotrf)(char triangle, int extent, double* a, int stride);
};

// The module's one function.
inline constexpr const char* kNumericFunctionsName = "wukong_numeric_functions";
using NumericFunctionsGetter = const NumericFunctions* (*)();

}  // namespace wukong::kernels
