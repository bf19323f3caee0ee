#include "workloads/linear_algebra/svd2.h"

#include <algorithm>
#include <vector>

#include "sim/base/check.h"
#include "workloads/dag/fuse_linear_chains.h"
#include "workloads/dag/task_limit.h"
#include "workloads/linear_algebra/block_grid.h"
#include "workloads/linear_algebra/dask_tsqr.h"
#include "workloads/linear_algebra/small_svd.h"

namespace wukong::linear_algebra {
namespace {

constexpr int64_t kWanted = 5;                // singular values
constexpr int64_t kSmallestCompression = 20;  // Dask's: at least 20 columns, at least kWanted + 10
constexpr size_t kSplitEvery = 4;             // Dask's split_every

class CompressedSvd {
 public:
  CompressedSvd(const Blocking& blocking, Svd2Result result)
      : blocking_(blocking),
        level_(std::min(std::max(kSmallestCompression, kWanted + 10), blocking.length)),
        result_(result),
        a_(blocking.count(), blocking.count()) {}
  CompressedSvd(const CompressedSvd&) = delete;  // its table of kinds refers to its builder
  CompressedSvd& operator=(const CompressedSvd&) = delete;

  dag::Dag build() {
    // In the order in which a program makes them; leaves are invoked in the order of their ids.
    generate_a();
    const std::vector<RowBlock> sketch = multiply_by(generate_omega());
    DaskTsqr sketch_tsqr(builder_, kinds_, level_, blocking_.block);
    sketch_tsqr.factor(sketch);
    std::vector<ObjectId> comp;
    for (const RowBlock& q : sketch_tsqr.q()) {
      comp.push_back(transpose(q.object, q.rows, level_));
      blockwise_.push_back(task_of(q.object));
      blockwise_.push_back(task_of(comp.back()));
    }
    decompose(compress(comp));
    std::sort(blockwise_.begin(), blockwise_.end());
    return builder_.build();
  }

  // In the order of their ids: elementwise work on single blocks, which Dask moves into what reads
  // it.
  std::span<const TaskId> blockwise() const { return blockwise_; }

 private:
  int64_t blocks() const { return blocking_.count(); }
  int64_t extent(int64_t index) const { return blocking_.size(index); }

  // Each task of this DAG has one output, and nothing is there before the run.
  static TaskId task_of(ObjectId object) { return TaskId(object.index()); }

  void generate_a() {
    for (int64_t i = 0; i < blocks(); ++i)
      for (int64_t j = 0; j < blocks(); ++j) a_.at(i, j) = generate(extent(i), extent(j));
  }

  std::vector<ObjectId> generate_omega() {
    std::vector<ObjectId> omega;
    for (int64_t j = 0; j < blocks(); ++j) omega.push_back(generate(extent(j), level_));
    return omega;
  }

  ObjectId generate(int64_t rows, int64_t columns) {
    return builder_.compute(kinds_.generate(rows, columns), {},
                            dag::as_declared(dag::matrix_bytes(rows, columns)));
  }

  // A Omega, in row blocks.
  std::vector<RowBlock> multiply_by(const std::vector<ObjectId>& omega) {
    std::vector<RowBlock> rows;
    for (int64_t i = 0; i < blocks(); ++i) {
      std::vector<ObjectId> terms;
      for (int64_t j = 0; j < blocks(); ++j)
        terms.push_back(
            multiply(a_.at(i, j), omega[static_cast<size_t>(j)], extent(i), extent(j), level_));
      rows.push_back({sum(terms, extent(i), level_), extent(i)});
    }
    return rows;
  }

  // (comp A)^T, in row blocks.
  std::vector<RowBlock> compress(const std::vector<ObjectId>& comp) {
    std::vector<RowBlock> rows;
    for (int64_t j = 0; j < blocks(); ++j) {
      std::vector<ObjectId> terms;
      for (int64_t i = 0; i < blocks(); ++i)
        terms.push_back(
            multiply(comp[static_cast<size_t>(i)], a_.at(i, j), level_, extent(i), extent(j)));
      const ObjectId column = sum(terms, level_, extent(j));
      rows.push_back({transpose(column, level_, extent(j)), extent(j)});
    }
    return rows;
  }

  void decompose(const std::vector<RowBlock>& compressed) {
    DaskTsqr tsqr(builder_, kinds_, level_, blocking_.block);
    tsqr.factor(compressed);
    const RowBlock r = tsqr.r();
    const ObjectId svd = add_small_svd(builder_, kinds_, r.object, r.rows, level_);
    if (result_ == Svd2Result::s) {
      const dag::KindId s = kinds_.getitem(r.rows * r.rows, r.rows, r.rows);
      builder_.compute(s, {svd}, dag::as_declared(dag::matrix_bytes(r.rows, 1)));
      return;
    }
    const ObjectId u = builder_.compute(kinds_.getitem(0, r.rows, r.rows), {svd},
                                        dag::as_declared(dag::matrix_bytes(r.rows, r.rows)));
    const int64_t wanted = std::min(kWanted, r.rows);
    for (const RowBlock& q : tsqr.q()) {
      const ObjectId vectors = multiply(q.object, u, q.rows, level_, r.rows);
      const ObjectId v = transpose(vectors, q.rows, r.rows);
      builder_.compute(kinds_.getitem(0, r.rows, wanted), {v},
                       dag::as_declared(dag::matrix_bytes(wanted, q.rows)));
    }
  }

  ObjectId multiply(ObjectId left, ObjectId right, int64_t rows, int64_t inner, int64_t columns) {
    const Bytes result = dag::matrix_bytes(rows, columns);
    const dag::KindId kind = kinds_.get("dot", {rows, inner, columns}, [&] {
      const Bytes touched =
          dag::matrix_bytes(rows, inner) + dag::matrix_bytes(inner, columns) + result;
      return dag::blas_cost(hosts::Kernel::gemm, dag::gemm_flops(rows, inner, columns), touched);
    });
    return builder_.compute(kind, {left, right}, dag::as_declared(result));
  }

  ObjectId transpose(ObjectId block, int64_t rows, int64_t columns) {
    const Bytes size = dag::matrix_bytes(rows, columns);
    const dag::KindId kind = kinds_.get("transpose", {rows, columns}, [&] {
      return dag::kernel_cost(hosts::Kernel::transpose, dag::product(rows, columns, 1), 2 * size);
    });
    return builder_.compute(kind, {block}, dag::as_declared(size));
  }

  // A level of the tree has a task for each group, also for a group of one.
  ObjectId sum(std::vector<ObjectId>& terms, int64_t rows, int64_t columns) {
    const Bytes size = dag::matrix_bytes(rows, columns);
    do {
      size_t sums = 0;
      for (size_t first = 0; first < terms.size(); first += kSplitEvery) {
        const auto group =
            std::span(terms).subspan(first, std::min(kSplitEvery, terms.size() - first));
        const auto addends = static_cast<int64_t>(group.size());
        const dag::KindId kind = kinds_.get("sum", {addends, rows, columns}, [&] {
          return dag::kernel_cost(hosts::Kernel::add, dag::product(addends, rows, columns),
                                  (addends + 1) * size);
        });
        terms[sums++] = builder_.compute(kind, group, dag::as_declared(size));
      }
      terms.resize(sums);
    } while (terms.size() > 1);
    return terms.front();
  }

  Blocking blocking_;
  int64_t level_;  // columns of the compressed matrix
  Svd2Result result_;
  std::vector<TaskId> blockwise_;
  dag::DagBuilder builder_;
  KindTable kinds_{builder_};
  BlockGrid a_;
};

}  // namespace

void Svd2Parameters::visit(FieldVisitor& v) {
  v.about("Rows and columns of the matrix").field("n", n, {1, 1e9});
  v.about("Rows and columns of a block; none: 2000 for n up to 10,000, else 5000")
      .optional("block", block, [&](int64_t& given) { v.field("block", given, {1, 1e6}); });
  v.about("What is computed: v, the singular vectors, or s, the values alone")
      .choice("result", result, kSvd2ResultNames);
}

int64_t default_svd2_block(int64_t n) { return n <= 10'000 ? 2000 : 5000; }

namespace {

CompressedSvd svd2_of(const Svd2Parameters& parameters) {
  ENSURE(parameters.n >= 1, parameters.n);
  const Blocking blocking{.length = parameters.n,
                          .block = parameters.block.value_or(default_svd2_block(parameters.n))};
  ENSURE(blocking.block >= 1, blocking.block);
  // Three for each block of A, and most of one more in sums.
  dag::check_task_count("workload.svd2.block",
                        4 * dag::product(blocking.count(), blocking.count(), 1));
  return CompressedSvd(blocking, parameters.result);
}

}  // namespace

dag::Dag make_unfused_svd2(const Svd2Parameters& parameters) { return svd2_of(parameters).build(); }

dag::Dag make_svd2(const Svd2Parameters& parameters, dag::DagForm) {
  CompressedSvd svd = svd2_of(parameters);
  const dag::Dag unfused = svd.build();
  return dag::fuse_linear_chains(unfused, svd.blockwise());
}

}  // namespace wukong::linear_algebra
