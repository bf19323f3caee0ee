#include "workloads/linear_algebra/gemm.h"

#include <vector>

#include "sim/base/check.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/task_limit.h"
#include "workloads/linear_algebra/block_grid.h"
#include "workloads/linear_algebra/kind_table.h"
#include "workloads/linear_algebra/square_matrix.h"

namespace wukong::linear_algebra {
namespace {

constexpr size_t kAddends = 4;  // of one addition of numpywren's tree

class DaskGemm {
 public:
  DaskGemm(const Blocking& blocking, bool persisted_input)
      : blocking_(blocking), persisted_input_(persisted_input) {}

  dag::Dag build() {
    const auto blocks = static_cast<size_t>(blocking_.count());
    builder_.reserve(3 * blocks * blocks, 3 * blocks * blocks, 2 * blocks * blocks * blocks);
    BlockGrid a = input();
    BlockGrid b = input();
    for (int64_t i = 0; i < blocking_.count(); ++i)
      for (int64_t j = 0; j < blocking_.count(); ++j) multiply(a, i, b, j);
    return builder_.build();
  }

 private:
  BlockGrid input() {
    BlockGrid matrix(blocking_.count(), blocking_.count());
    for (int64_t i = 0; i < blocking_.count(); ++i)
      for (int64_t j = 0; j < blocking_.count(); ++j) matrix.at(i, j) = block(i, j);
    return matrix;
  }

  ObjectId block(int64_t i, int64_t j) {
    const int64_t rows = blocking_.size(i);
    const int64_t columns = blocking_.size(j);
    const ObjectSize size = dag::as_declared(dag::matrix_bytes(rows, columns));
    if (persisted_input_) return builder_.add_input(size);
    return builder_.compute(kinds_.generate(rows, columns), {}, size);
  }

  void multiply(BlockGrid& a, int64_t i, BlockGrid& b, int64_t j) {
    arguments_.clear();
    for (int64_t k = 0; k < blocking_.count(); ++k) arguments_.push_back(a.at(i, k));
    for (int64_t k = 0; k < blocking_.count(); ++k) arguments_.push_back(b.at(k, j));
    const int64_t rows = blocking_.size(i);
    const int64_t columns = blocking_.size(j);
    const Bytes result = dag::matrix_bytes(rows, columns);
    const dag::KindId kind = kinds_.get("matmul", {rows, columns, blocking_.length}, [&] {
      // The row and the column of blocks are concatenated first, into copies.
      const Bytes inputs = dag::matrix_bytes(rows + columns, blocking_.length);
      hosts::TaskCost cost =
          dag::blas_cost(hosts::Kernel::gemm, dag::gemm_flops(rows, blocking_.length, columns),
                         3 * inputs + result);
      cost.memory = inputs;
      return cost;
    });
    builder_.compute(kind, arguments_, dag::as_declared(result));
  }

  Blocking blocking_;
  bool persisted_input_;
  dag::DagBuilder builder_;
  KindTable kinds_{builder_};
  std::vector<ObjectId> arguments_;
};

class NumpywrenGemm {
 public:
  explicit NumpywrenGemm(const SquareMatrix& matrix) : matrix_(matrix) {}

  dag::Dag build() {
    BlockGrid a = input();
    BlockGrid b = input();
    for (int64_t i = 0; i < matrix_.blocks(); ++i) {
      for (int64_t j = 0; j < matrix_.blocks(); ++j) {
        std::vector<ObjectId> terms;
        for (int64_t k = 0; k < matrix_.blocks(); ++k)
          terms.push_back(multiply(a.at(i, k), b.at(k, j), {i, k, j}));
        while (terms.size() > 1) add_groups(terms, i, j);
        copy(terms.front(), i, j);
      }
    }
    return builder_.build();
  }

 private:
  BlockGrid input() {
    BlockGrid blocks(matrix_.blocks(), matrix_.blocks());
    for (int64_t i = 0; i < matrix_.blocks(); ++i)
      for (int64_t j = 0; j < matrix_.blocks(); ++j)
        blocks.at(i, j) = builder_.add_input(matrix_.size(i, j));
    return blocks;
  }

  ObjectId multiply(ObjectId left, ObjectId right, const std::array<int64_t, 3>& index) {
    const int64_t rows = matrix_.extent(index[0]);
    const int64_t inner = matrix_.extent(index[1]);
    const int64_t columns = matrix_.extent(index[2]);
    const dag::KindId kind = kinds_.get("gemm", {rows, inner, columns}, [&] {
      const Bytes touched = dag::matrix_bytes(rows, inner) + dag::matrix_bytes(inner, columns) +
                            dag::matrix_bytes(rows, columns);
      return dag::blas_cost(hosts::Kernel::gemm, dag::gemm_flops(rows, inner, columns), touched);
    });
    return builder_.compute(kind, {left, right}, matrix_.size(index[0], index[2]));
  }

  // One level of the tree: four terms become one.
  void add_groups(std::vector<ObjectId>& terms, int64_t i, int64_t j) {
    const Bytes block = matrix_.size(i, j).actual;
    const dag::KindId kind = kinds_.get("add", {matrix_.extent(i), matrix_.extent(j)}, [&] {
      const double flops = static_cast<double>(kAddends * static_cast<size_t>(block.count() / 8));
      return dag::kernel_cost(hosts::Kernel::add, flops,
                              static_cast<int64_t>(kAddends + 1) * block);
    });
    const ObjectSize absent = {.actual = Bytes(0), .nominal = matrix_.size(i, j).nominal};
    size_t sums = 0;
    for (size_t first = 0; first < terms.size(); first += kAddends) {
      std::array<ObjectId, kAddends> addends;
      for (size_t k = 0; k < kAddends; ++k)
        addends[k] = first + k < terms.size() ? terms[first + k] : builder_.add_input(absent);
      terms[sums++] = builder_.compute(kind, addends, matrix_.size(i, j));
    }
    terms.resize(sums);
  }

  void copy(ObjectId sum, int64_t i, int64_t j) {
    const ObjectSize size = matrix_.size(i, j);
    const dag::KindId kind = kinds_.get("identity", {matrix_.extent(i), matrix_.extent(j)}, [&] {
      return dag::kernel_cost(hosts::Kernel::none, 0, 2 * size.actual);
    });
    builder_.compute(kind, {sum}, size);
  }

  SquareMatrix matrix_;
  dag::DagBuilder builder_;
  KindTable kinds_{builder_};
};

}  // namespace

void GemmParameters::visit(FieldVisitor& v) {
  v.about("Rows and columns of each matrix").field("n", n, {1, 1e9});
  v.about("Rows and columns of a block; none: 1000 for n up to 5000, else 2000")
      .optional("block", block, [&](int64_t& given) { v.field("block", given, {1, 1e6}); });
  v.about(
       "Whether the matrices are in the store before the run, or a task generates each block; "
       "numpywren's form always has them in the store")
      .field("persisted_input", persisted_input);
}

int64_t default_gemm_block(int64_t n) { return n <= 5000 ? 1000 : 2000; }

dag::Dag make_gemm(const GemmParameters& parameters, dag::DagForm form) {
  ENSURE(parameters.n >= 1, parameters.n);
  const Blocking blocking{.length = parameters.n,
                          .block = parameters.block.value_or(default_gemm_block(parameters.n))};
  ENSURE(blocking.block >= 1, blocking.block);
  dag::check_count("workload.gemm.block",
                   dag::product(blocking.count(), blocking.count(), blocking.count()),
                   dag::kMostTasks, "products of blocks");
  if (form == dag::DagForm::dask) return DaskGemm(blocking, parameters.persisted_input).build();
  return NumpywrenGemm(SquareMatrix({.n = blocking.length, .block = blocking.block})).build();
}

}  // namespace wukong::linear_algebra
