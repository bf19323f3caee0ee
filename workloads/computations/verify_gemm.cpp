#include "workloads/computations/dense_computation.h"
#include "workloads/computations/dense_workloads.h"
#include "workloads/kernels/block_product.h"

namespace wukong::computations {
namespace {

class GemmComputation final : public DenseComputation {
 public:
  GemmComputation(const dag::Dag& dag, uint64_t seed, const linear_algebra::Blocking& blocking)
      : DenseComputation(dag, seed), blocking_(blocking) {}

  Verification verify(const Results& results) const override {
    const int64_t blocks = blocking_.count();
    const auto at = [&](int64_t i, int64_t j) { return static_cast<size_t>(i * blocks + j); };
    const auto a = [&](int64_t i, int64_t j) { return input_block(at(i, j)); };
    const auto b = [&](int64_t i, int64_t j) { return input_block(at(blocks, 0) + at(i, j)); };
    const auto c = [&](int64_t i, int64_t j) {
      return results(result_of(dag().sinks()[at(i, j)]));
    };
    const kernels::Matrix x = probe(blocking_.length);
    const kernels::Matrix expected =
        kernels::block_product(blocking_, a, kernels::block_product(blocking_, b, x));
    const kernels::Matrix found = kernels::block_product(blocking_, c, x);
    const double residual = kernels::norm_of_difference(found, expected) / kernels::norm(expected);
    return {"|C x - A (B x)| / |A (B x)|", residual, residual < kTolerance};
  }

 private:
  linear_algebra::Blocking blocking_;
};

}  // namespace

std::unique_ptr<Computation> compute_gemm(const linear_algebra::GemmParameters& parameters,
                                          const dag::Dag& dag, dag::DagForm, uint64_t seed) {
  const linear_algebra::Blocking blocking{
      .length = parameters.n,
      .block = parameters.block.value_or(linear_algebra::default_gemm_block(parameters.n))};
  return std::make_unique<GemmComputation>(dag, seed, blocking);
}

}  // namespace wukong::computations
