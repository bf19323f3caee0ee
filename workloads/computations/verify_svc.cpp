#include <algorithm>
#include <cmath>

#include "workloads/computations/dense_computation.h"
#include "workloads/computations/dense_workloads.h"
#include "workloads/kernels/support_vectors.h"

namespace wukong::computations {
namespace {

constexpr int64_t kRowsChecked = 64;  // of each chunk
constexpr double kUndecided = 1e-9;   // a sum so near to 0 may have either sign

class SvcComputation final : public DenseComputation {
 public:
  SvcComputation(const dag::Dag& dag, uint64_t seed,
                 const linear_algebra::SvcParameters& parameters)
      : DenseComputation(dag, seed),
        features_(parameters.features),
        model_(seed, parameters.support_vectors, parameters.features) {}

  Verification verify(const Results& results) const override {
    int64_t checked = 0;
    int64_t wrong = 0;
    for (size_t chunk = 0; chunk < input_blocks(); ++chunk) {
      const kernels::Value data = input_block(chunk);
      const kernels::Value labels = results(result_of(dag().sinks()[chunk]));
      const auto samples = static_cast<int64_t>(labels.numbers().size());
      const kernels::MatrixView rows = kernels::view_of(data.numbers(), samples, features_);
      for (int64_t row = 0; row < std::min(samples, kRowsChecked); ++row) {
        const double decision = model_.decision(rows, row);
        if (std::abs(decision) < kUndecided) continue;
        ++checked;
        if ((decision > 0) != (labels.numbers()[static_cast<size_t>(row)] > 0)) ++wrong;
      }
    }
    const double residual = static_cast<double>(wrong) / static_cast<double>(checked);
    return {"labels that differ from those of another computation", residual, wrong == 0};
  }

 private:
  int64_t features_;
  kernels::SupportVectors model_;
};

}  // namespace

std::unique_ptr<Computation> compute_svc(const linear_algebra::SvcParameters& parameters,
                                         const dag::Dag& dag, dag::DagForm, uint64_t seed) {
  return std::make_unique<SvcComputation>(dag, seed, parameters);
}

}  // namespace wukong::computations
