#include "workloads/linear_algebra/tsqr.h"

#include <array>
#include <span>
#include <vector>

#include "sim/base/check.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/fuse_linear_chains.h"
#include "workloads/dag/task_limit.h"
#include "workloads/linear_algebra/dask_tsqr.h"
#include "workloads/linear_algebra/kind_table.h"

namespace wukong::linear_algebra {
namespace {

struct Shape {
  Blocking rows;
  int64_t columns;

  int64_t rank(int64_t height) const { return std::min(height, columns); }
};

dag::Dag dask_tsqr(const Shape& shape, const TsqrParameters& parameters) {
  dag::DagBuilder builder;
  KindTable kinds(builder);
  const std::vector<RowBlock> input =
      tall_input(builder, kinds, shape.rows, shape.columns, parameters.persisted_input);
  DaskTsqr tsqr(builder, kinds, shape.columns, shape.rows.block);
  tsqr.factor(input);
  tsqr.r();
  if (parameters.with_q) tsqr.q();
  return builder.build();
}

// numpywren declares V and T as 2s x s blocks and R as s x w for blocks of s rows and w columns,
// and its counters add up those.
class NumpywrenTsqr {
 public:
  explicit NumpywrenTsqr(const Shape& shape) : shape_(shape) {}

  dag::Dag build() {
    std::vector<RowBlock> factors;
    for (int64_t i = 0; i < shape_.rows.count(); ++i) {
      const int64_t rows = shape_.rows.size(i);
      const ObjectId input = builder_.add_input(
          {.actual = dag::matrix_bytes(rows, shape_.columns), .nominal = declared_block()});
      factors.push_back(factor({&input, 1}, rows));
    }
    while (factors.size() > 1) {
      size_t pairs = 0;
      for (size_t i = 0; i + 1 < factors.size(); i += 2) {
        const std::array inputs = {factors[i].object, factors[i + 1].object};
        factors[pairs++] = factor(inputs, factors[i].rows + factors[i + 1].rows);
      }
      if (factors.size() % 2 == 1) factors[pairs++] = factors.back();
      factors.resize(pairs);
    }
    return builder_.build();
  }

 private:
  Bytes declared_block() const { return dag::matrix_bytes(shape_.rows.block, shape_.columns); }

  RowBlock factor(std::span<const ObjectId> inputs, int64_t rows) {
    const int64_t rank = shape_.rank(rows);
    const Bytes v = dag::matrix_bytes(rows, rank);
    const Bytes t = dag::matrix_bytes(rank, rank);
    const Bytes r = dag::matrix_bytes(rank, shape_.columns);
    const dag::KindId kind = kinds_.get("qr_factor", {rows, shape_.columns}, [&] {
      return dag::blas_cost(hosts::Kernel::qr, dag::qr_flops(rows, shape_.columns),
                            dag::qr_traffic(rows, shape_.columns));
    });
    const Bytes square = dag::matrix_bytes(2 * shape_.rows.block, shape_.rows.block);
    const std::array<ObjectSize, 3> outputs = {{{.actual = v, .nominal = square},
                                                {.actual = t, .nominal = square},
                                                {.actual = r, .nominal = declared_block()}}};
    const TaskId task = builder_.add_task(kind, inputs, outputs);
    return {ObjectId(builder_.outputs(task).front().index() + 2), rank};
  }

  Shape shape_;
  dag::DagBuilder builder_;
  KindTable kinds_{builder_};
};

}  // namespace

void TsqrParameters::visit(FieldVisitor& v) {
  v.about("Rows of the matrix").field("rows", rows, {1, 1e9});
  v.about("Columns of the matrix").field("columns", columns, {1, 1e5});
  v.about("Rows of a block; none: 8192, doubled until there are at most 4096 blocks")
      .optional("block_rows", block_rows,
                [&](int64_t& given) { v.field("block_rows", given, {1, 1e6}); });
  v.about(
       "Whether the matrix is in the store before the run, or a task generates each block; "
       "numpywren's form always has it in the store")
      .field("persisted_input", persisted_input);
  v.about("Whether Q is computed, and not R alone; Dask's form only").field("with_q", with_q);
}

int64_t default_block_rows(int64_t rows) {
  int64_t height = 8192;
  while (rows > 4096 * height) height *= 2;
  return height;
}

dag::Dag make_unfused_tsqr(const TsqrParameters& parameters, dag::DagForm form) {
  const int64_t block_rows = parameters.block_rows.value_or(default_block_rows(parameters.rows));
  const Shape shape{.rows = {.length = parameters.rows, .block = block_rows},
                    .columns = parameters.columns};
  ENSURE(shape.rows.length >= 1 && shape.columns >= 1, shape.rows.length, shape.columns);
  ENSURE(block_rows >= 1, block_rows);
  dag::check_count("workload.tsqr.block_rows", static_cast<double>(shape.rows.count()),
                   dag::kMostTasks, "blocks");
  if (form == dag::DagForm::numpywren) return NumpywrenTsqr(shape).build();
  return dask_tsqr(shape, parameters);
}

dag::Dag make_tsqr(const TsqrParameters& parameters, dag::DagForm form) {
  dag::Dag dag = make_unfused_tsqr(parameters, form);
  return form == dag::DagForm::dask ? dag::fuse_linear_chains(dag) : dag;
}

}  // namespace wukong::linear_algebra
