#include "workloads/kernels/computations.h"

#include "workloads/kernels/dense_workloads.h"
#include "workloads/kernels/digest_computation.h"
#include "workloads/kernels/tree_computation.h"

namespace wukong::workloads {
namespace {

using Make = std::unique_ptr<Computation> (*)(const WorkloadParameters&, const Dag&, DagForm,
                                              uint64_t);

template <class Values,
          std::unique_ptr<Computation> (*make)(const Values&, const Dag&, DagForm, uint64_t)>
std::unique_ptr<Computation> with_values(const WorkloadParameters& parameters, const Dag& dag,
                                         DagForm form, uint64_t seed) {
  return make(dynamic_cast<const ParametersOf<Values>&>(parameters).values, dag, form, seed);
}

struct ComputationEntry {
  std::string_view key;
  Make make;
};

constexpr ComputationEntry kComputations[] = {
    {"tree_reduction", with_values<TreeReductionParameters, compute_tree_reduction>},
    {"tsqr", with_values<TsqrParameters, compute_tsqr>},
    {"gemm", with_values<GemmParameters, compute_gemm>},
    {"svd1", with_values<Svd1Parameters, compute_svd1>},
    {"svd2", with_values<Svd2Parameters, compute_svd2>},
    {"svc", with_values<SvcParameters, compute_svc>},
    {"cholesky", with_values<SquareMatrixParameters, compute_cholesky>},
};

}  // namespace

std::unique_ptr<Computation> make_computation(const Workload& workload,
                                              const WorkloadParameters& parameters, const Dag& dag,
                                              DagForm form, uint64_t seed) {
  for (const ComputationEntry& entry : kComputations)
    if (entry.key == workload.key) return entry.make(parameters, dag, form, seed);
  return std::make_unique<DigestComputation>(dag, seed);
}

}  // namespace wukong::workloads
