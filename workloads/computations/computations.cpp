#include "workloads/computations/computations.h"

#include "workloads/computations/dense_workloads.h"
#include "workloads/computations/digest_computation.h"
#include "workloads/computations/tree_computation.h"

namespace wukong::computations {
namespace {

using Make = std::unique_ptr<Computation> (*)(const workloads::WorkloadParameters&, const dag::Dag&,
                                              dag::DagForm, uint64_t);

template <class Values, std::unique_ptr<Computation> (*make)(const Values&, const dag::Dag&,
                                                             dag::DagForm, uint64_t)>
std::unique_ptr<Computation> with_values(const workloads::WorkloadParameters& parameters,
                                         const dag::Dag& dag, dag::DagForm form, uint64_t seed) {
  return make(dynamic_cast<const workloads::ParametersOf<Values>&>(parameters).values, dag, form,
              seed);
}

struct ComputationEntry {
  std::string_view key;
  Make make;
};

constexpr ComputationEntry kComputations[] = {
    {"tree_reduction", with_values<generators::TreeReductionParameters, compute_tree_reduction>},
    {"tsqr", with_values<linear_algebra::TsqrParameters, compute_tsqr>},
    {"gemm", with_values<linear_algebra::GemmParameters, compute_gemm>},
    {"svd1", with_values<linear_algebra::Svd1Parameters, compute_svd1>},
    {"svd2", with_values<linear_algebra::Svd2Parameters, compute_svd2>},
    {"svc", with_values<linear_algebra::SvcParameters, compute_svc>},
    {"cholesky", with_values<linear_algebra::SquareMatrixParameters, compute_cholesky>},
};

}  // namespace

std::unique_ptr<Computation> make_computation(const workloads::Workload& workload,
                                              const workloads::WorkloadParameters& parameters,
                                              const dag::Dag& dag, dag::DagForm form,
                                              uint64_t seed) {
  for (const ComputationEntry& entry : kComputations)
    if (entry.key == workload.key) return entry.make(parameters, dag, form, seed);
  return std::make_unique<DigestComputation>(dag, seed);
}

}  // namespace wukong::computations
