#include "workloads/kernels/kernel_table.h"

#include <algorithm>
#include <array>

#include "workloads/kernels/matrix.h"
#include "workloads/kernels/random_block.h"
#include "workloads/kernels/support_vectors.h"

namespace wukong::kernels {
namespace {

MatrixView matrix(const KernelCall& call, size_t input, int64_t rows, int64_t columns) {
  ENSURE(input < call.inputs.size(), input, call.inputs.size());
  return view_of(call.inputs[input].numbers(), rows, columns);
}

std::vector<Value> one(Buffer buffer) {
  std::vector<Value> values;
  values.push_back(std::move(buffer).freeze());
  return values;
}

Buffer output(const KernelCall& call) {
  ENSURE(call.output_sizes.size() == 1, call.output_sizes.size());
  return Buffer(call.output_sizes.front());
}

std::vector<Value> generate(const KernelCall& call) {
  return {random_block(call.seed, call.first_output, call.output_sizes.front())};
}

std::vector<Value> copy(const KernelCall& call) {
  Buffer result = output(call);
  std::ranges::copy(call.inputs.front().bytes(), result.bytes().begin());
  return one(std::move(result));
}

// The same object under another name.
std::vector<Value> alias(const KernelCall& call) { return {call.inputs.front()}; }

// A row of blocks times a column of blocks.
std::vector<Value> matmul(const KernelCall& call) {
  const auto [rows, columns, length] = call.shape;
  Buffer result = output(call);
  const size_t blocks = call.inputs.size() / 2;
  for (size_t k = 0; k < blocks; ++k) {
    const auto inner = static_cast<int64_t>(call.inputs[k].numbers().size()) / rows;
    multiply(1, matrix(call, k, rows, inner), Transposed::no,
             matrix(call, blocks + k, inner, columns), Transposed::no, k == 0 ? 0 : 1,
             result.numbers().data());
  }
  return one(std::move(result));
}

std::vector<Value> gemm(const KernelCall& call) {
  const auto [rows, inner, columns] = call.shape;
  Buffer result = output(call);
  multiply(1, matrix(call, 0, rows, inner), Transposed::no, matrix(call, 1, inner, columns),
           Transposed::no, 0, result.numbers().data());
  return one(std::move(result));
}

std::vector<Value> add(const KernelCall& call) {
  Buffer result = output(call);
  const std::span<double> sum = result.numbers();
  std::ranges::fill(sum, 0.0);
  for (const Value& input : call.inputs) {
    const auto addend = input.numbers();
    for (size_t i = 0; i < addend.size(); ++i) sum[i] += addend[i];
  }
  return one(std::move(result));
}

std::vector<Value> transpose(const KernelCall& call) {
  const int64_t rows = call.shape[0];
  const int64_t columns = call.shape[1];
  const MatrixView from = matrix(call, 0, rows, columns);
  Buffer result = output(call);
  double* const to = result.numbers().data();
  for (int64_t column = 0; column < columns; ++column)
    for (int64_t row = 0; row < rows; ++row)
      to[row * columns + column] = from.data[column * rows + row];
  return one(std::move(result));
}

std::vector<Value> qr(const KernelCall& call) {
  const int64_t rows = call.shape[0];
  const int64_t columns = call.shape[1];
  Buffer result = output(call);
  double* const q = result.numbers().data();
  factor_qr(matrix(call, 0, rows, columns), q, q + rows * std::min(rows, columns));
  return one(std::move(result));
}

Matrix stacked(const KernelCall& call, int64_t rows, int64_t columns) {
  Matrix all(rows, columns);
  int64_t first = 0;
  for (const Value& input : call.inputs) {
    const auto numbers = input.numbers();
    const int64_t height = static_cast<int64_t>(numbers.size()) / columns;
    for (int64_t column = 0; column < columns; ++column)
      std::copy_n(numbers.data() + column * height, height, &all.at(first, column));
    first += height;
  }
  ENSURE(first == rows, first, rows);
  return all;
}

std::vector<Value> stack(const KernelCall& call) {
  Buffer result = output(call);
  std::ranges::copy(stacked(call, call.shape[0], call.shape[1]).numbers, result.numbers().begin());
  return one(std::move(result));
}

// numpywren's: one block, or two R's on top of each other.
std::vector<Value> qr_factor(const KernelCall& call) {
  ENSURE(call.output_sizes.size() == 3, call.output_sizes.size());
  std::array<Buffer, 3> outputs = {Buffer(call.output_sizes[0]), Buffer(call.output_sizes[1]),
                                   Buffer(call.output_sizes[2])};
  factor_qr_compact(stacked(call, call.shape[0], call.shape[1]), outputs[0].numbers().data(),
                    outputs[1].numbers().data(), outputs[2].numbers().data());
  std::vector<Value> values;
  for (Buffer& buffer : outputs) values.push_back(std::move(buffer).freeze());
  return values;
}

std::vector<Value> svd(const KernelCall& call) {
  const int64_t rows = call.shape[0];
  const int64_t columns = call.shape[1];
  const int64_t rank = std::min(rows, columns);
  Buffer result = output(call);
  double* const u = result.numbers().data();
  factor_svd(matrix(call, 0, rows, columns), u, u + rows * rank, u + (rows + 1) * rank);
  return one(std::move(result));
}

std::vector<Value> getitem(const KernelCall& call) {
  const auto [first, stride, rows] = call.shape;
  const auto from = call.inputs.front().numbers();
  Buffer result = output(call);
  const auto columns = static_cast<int64_t>(result.numbers().size()) / rows;
  ENSURE(first + (columns - 1) * stride + rows <= static_cast<int64_t>(from.size()), first, stride,
         rows, columns);
  for (int64_t column = 0; column < columns; ++column)
    std::copy_n(from.data() + first + column * stride, rows,
                result.numbers().data() + column * rows);
  return one(std::move(result));
}

std::vector<Value> cholesky(const KernelCall& call) {
  Buffer result = output(call);
  std::ranges::copy(call.inputs.front().numbers(), result.numbers().begin());
  factor_cholesky(call.shape[0], result.numbers().data());
  return one(std::move(result));
}

std::vector<Value> trsm(const KernelCall& call) {
  const int64_t rows = call.shape[0];
  const int64_t columns = call.shape[1];
  Buffer result = output(call);
  std::ranges::copy(call.inputs[1].numbers(), result.numbers().begin());
  solve_right_transposed(matrix(call, 0, columns, columns), rows, result.numbers().data());
  return one(std::move(result));
}

std::vector<Value> syrk(const KernelCall& call) {
  const auto [rows, columns, inner] = call.shape;
  Buffer result = output(call);
  std::ranges::copy(call.inputs.front().numbers(), result.numbers().begin());
  multiply(-1, matrix(call, 1, rows, inner), Transposed::no, matrix(call, 2, columns, inner),
           Transposed::yes, 1, result.numbers().data());
  return one(std::move(result));
}

std::vector<Value> predict(const KernelCall& call) {
  const auto [samples, features, vectors] = call.shape;
  Buffer result = output(call);
  const SupportVectors model(call.seed, vectors, features);
  model.classify(matrix(call, 0, samples, features), result.numbers());
  return one(std::move(result));
}

struct KernelEntry {
  std::string_view kind;
  KernelFunction function;
};

constexpr KernelEntry kKernels[] = {
    {"generate", generate},
    {"make_classification", generate},
    {"alias", alias},
    {"identity", copy},
    {"matmul", matmul},
    {"gemm", gemm},
    {"dot", gemm},
    {"add", add},
    {"sum", add},
    {"transpose", transpose},
    {"qr", qr},
    {"stack", stack},
    {"qr_factor", qr_factor},
    {"svd", svd},
    {"getitem", getitem},
    {"cholesky", cholesky},
    {"trsm", trsm},
    {"syrk", syrk},
    {"predict", predict},
};

}  // namespace

KernelFunction find_kernel(std::string_view kind) {
  for (const KernelEntry& entry : kKernels)
    if (entry.kind == kind) return entry.function;
  return nullptr;
}

}  // namespace wukong::kernels
