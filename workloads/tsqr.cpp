#include "workloads/tsqr.h"

#include <array>
#include <map>
#include <span>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "workloads/dag_builder.h"
#include "workloads/dense_kernels.h"

namespace wukong::workloads {
namespace {

constexpr int64_t kMaxBlocks = 10'000'000;

// A matrix of the given height and the workload's width.
struct Block {
  ObjectId object;
  int64_t rows = 0;
};

struct Shape {
  int64_t rows;
  int64_t columns;
  int64_t block_rows;

  int64_t blocks() const { return (rows + block_rows - 1) / block_rows; }
  int64_t height(int64_t block) const { return std::min(block_rows, rows - block * block_rows); }
  int64_t rank(int64_t height) const { return std::min(height, columns); }
};

// Tasks of equal name and height share a kind.
class Kinds {
 public:
  explicit Kinds(DagBuilder& builder) : builder_(builder) {}
  template <class MakeCost>
  KindId get(const char* name, int64_t rows, const MakeCost& make_cost) {
    const auto known = kinds_.find({name, rows});
    if (known != kinds_.end()) return known->second;
    return kinds_[{name, rows}] = builder_.add_kind(name, make_cost());
  }

 private:
  DagBuilder& builder_;
  std::map<std::pair<std::string_view, int64_t>, KindId> kinds_;
};

class DaskTsqr {
 public:
  DaskTsqr(const Shape& shape, bool persisted_input)
      : shape_(shape), persisted_input_(persisted_input) {}

  Dag build() {
    std::vector<Block> factors;
    for (const Block& block : input_blocks()) factors.push_back(factor(block));
    while (must_group(factors.size())) factors = factor_groups(factors);
    factor(stack(factors));
    return builder_.build();
  }

 private:
  std::vector<Block> input_blocks() {
    std::vector<Block> blocks;
    for (int64_t i = 0; i < shape_.blocks(); ++i) {
      const int64_t rows = shape_.height(i);
      const Bytes size = matrix_bytes(rows, shape_.columns);
      blocks.push_back(
          {persisted_input_ ? builder_.add_input(as_declared(size)) : generate(rows), rows});
    }
    return blocks;
  }

  ObjectId generate(int64_t rows) {
    const Bytes size = matrix_bytes(rows, shape_.columns);
    const KindId kind = kinds_.get("generate", rows, [&] {
      const auto numbers = static_cast<double>(rows * shape_.columns);
      return kernel_cost(sim::Kernel::generate, numbers, size);
    });
    return builder_.compute(kind, {}, as_declared(size));
  }

  // qr gives (Q, R), a tuple; getitem takes R out of it and moves nothing.
  Block factor(const Block& block) {
    const int64_t rank = shape_.rank(block.rows);
    const Bytes input = matrix_bytes(block.rows, shape_.columns);
    const Bytes r = matrix_bytes(rank, shape_.columns);
    const Bytes tuple = matrix_bytes(block.rows, rank) + r;
    const KindId qr = kinds_.get("qr", block.rows, [&] {
      const double flops = qr_flops(block.rows, shape_.columns);
      return kernel_cost(sim::Kernel::qr, flops, input + tuple);
    });
    const KindId getitem = kinds_.get("getitem", rank, [] { return sim::TaskCost{}; });
    const ObjectId factors = builder_.compute(qr, {block.object}, as_declared(tuple));
    return {builder_.compute(getitem, {factors}, as_declared(r)), rank};
  }

  Block stack(std::span<const Block> blocks) {
    std::vector<ObjectId> inputs;
    int64_t rows = 0;
    for (const Block& block : blocks) {
      inputs.push_back(block.object);
      rows += block.rows;
    }
    const Bytes size = matrix_bytes(rows, shape_.columns);
    const KindId kind =
        kinds_.get("stack", rows, [&] { return kernel_cost(sim::Kernel::none, 0, 2 * size); });
    return {builder_.compute(kind, inputs, as_declared(size)), rows};
  }

  // One stack of all factors would be taller than a block, and two of them fit into a block.
  bool must_group(size_t factors) const {
    return static_cast<int64_t>(factors) * shape_.columns > shape_.block_rows &&
           shape_.block_rows >= 2 * shape_.columns;
  }

  std::vector<Block> factor_groups(std::span<const Block> factors) {
    std::vector<Block> groups;
    while (!factors.empty()) {
      size_t count = 0;
      int64_t rows = 0;
      while (count < factors.size() && rows + factors[count].rows <= shape_.block_rows)
        rows += factors[count++].rows;
      ENSURE(count > 0, factors.front().rows, shape_.block_rows);
      groups.push_back(factor(stack(factors.first(count))));
      factors = factors.subspan(count);
    }
    return groups;
  }

  Shape shape_;
  bool persisted_input_;
  DagBuilder builder_;
  Kinds kinds_{builder_};
};

// numpywren declares V and T as 2s x s blocks and R as s x w for blocks of s rows and w columns,
// and its counters add up those.
class NumpywrenTsqr {
 public:
  explicit NumpywrenTsqr(const Shape& shape) : shape_(shape) {}

  Dag build() {
    std::vector<Block> factors;
    for (int64_t i = 0; i < shape_.blocks(); ++i) {
      const int64_t rows = shape_.height(i);
      const ObjectId input = builder_.add_input(
          {.actual = matrix_bytes(rows, shape_.columns), .nominal = declared_block()});
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
  Bytes declared_block() const { return matrix_bytes(shape_.block_rows, shape_.columns); }

  Block factor(std::span<const ObjectId> inputs, int64_t rows) {
    const int64_t rank = shape_.rank(rows);
    const Bytes v = matrix_bytes(rows, rank);
    const Bytes t = matrix_bytes(rank, rank);
    const Bytes r = matrix_bytes(rank, shape_.columns);
    const KindId kind = kinds_.get("qr_factor", rows, [&] {
      const Bytes touched = matrix_bytes(rows, shape_.columns) + v + t + r;
      return kernel_cost(sim::Kernel::qr, qr_flops(rows, shape_.columns), touched);
    });
    const Bytes square = matrix_bytes(2 * shape_.block_rows, shape_.block_rows);
    const std::array<sim::ObjectSize, 3> outputs = {{{.actual = v, .nominal = square},
                                                     {.actual = t, .nominal = square},
                                                     {.actual = r, .nominal = declared_block()}}};
    const TaskId task = builder_.add_task(kind, inputs, outputs);
    return {ObjectId(builder_.outputs(task).front().index() + 2), rank};
  }

  Shape shape_;
  DagBuilder builder_;
  Kinds kinds_{builder_};
};

}  // namespace

void TsqrParameters::visit(FieldVisitor& v) {
  v.field("rows", rows, {1, 1e9});
  v.field("columns", columns, {1, 1e5});
  if (v.present("block_rows", block_rows.has_value())) {
    int64_t height = block_rows.value_or(0);
    v.field("block_rows", height, {1, 1e6});
    block_rows = height;
  } else {
    block_rows.reset();
  }
  v.field("persisted_input", persisted_input);
}

int64_t default_block_rows(int64_t rows) {
  int64_t height = 8192;
  while (rows > 4096 * height) height *= 2;
  return height;
}

Dag make_tsqr(const TsqrParameters& parameters, DagForm form) {
  const Shape shape{
      .rows = parameters.rows,
      .columns = parameters.columns,
      .block_rows = parameters.block_rows.value_or(default_block_rows(parameters.rows))};
  ENSURE(shape.rows >= 1 && shape.columns >= 1, shape.rows, shape.columns);
  ENSURE(shape.block_rows >= 1, shape.block_rows);
  if (shape.blocks() > kMaxBlocks)
    throw Error(ErrorPlace{"", 0, "workload.tsqr.block_rows"},
                "at most " + std::to_string(kMaxBlocks) + " blocks",
                std::to_string(shape.blocks()));
  if (form == DagForm::numpywren) return NumpywrenTsqr(shape).build();
  return DaskTsqr(shape, parameters.persisted_input).build();
}

}  // namespace wukong::workloads
