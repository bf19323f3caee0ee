#include "workloads/kernels/block_product.h"
#include "workloads/kernels/dense_computation.h"
#include "workloads/kernels/dense_workloads.h"

namespace wukong::workloads {
namespace {

class GemmComputation final : public DenseComputation {
 public:
  GemmComputation(const Dag& dag, uint64_t seed, const Blocking& blocking)
      : DenseComputation(dag, seed), blocking_(blocking) {}

  Verification verify(const Results& results) const override {
    const int64_t blocks = blocking_.count();
    const auto at = [&](int64_t i, int64_t j) { return static_cast<size_t>(i * blocks + j); };
    const auto a = [&](int64_t i, int64_t j) { return input_block(at(i, j)); };
    const auto b = [&](int64_t i, int64_t j) { return input_block(at(blocks, 0) + at(i, j)); };
    const auto c = [&](int64_t i, int64_t j) {
      return results(result_of(dag().sinks()[at(i, j)]));
    };
    const Matrix x = probe(blocking_.length);
    const Matrix expected = block_product(blocking_, a, block_product(blocking_, b, x));
    const Matrix found = block_product(blocking_, c, x);
    const double residual = norm_of_difference(found, expected) / norm(expected);
    return {"|C x - A (B x)| / |A (B x)|", residual, residual < kTolerance};
  }

 private:
  Blocking blocking_;
};

}  // namespace

std::unique_ptr<Computation> compute_gemm(const GemmParameters& parameters, const Dag& dag, DagForm,
                                          uint64_t seed) {
  const Blocking blocking{.length = parameters.n,
                          .block = parameters.block.value_or(default_gemm_block(parameters.n))};
  return std::make_unique<GemmComputation>(dag, seed, blocking);
}

}  // namespace wukong::workloads
