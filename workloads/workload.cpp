#include "workloads/workload.h"

#include "workloads/bdfac.h"
#include "workloads/cholesky.h"
#include "workloads/gemm.h"
#include "workloads/layered.h"
#include "workloads/lu.h"
#include "workloads/noop.h"
#include "workloads/qr.h"
#include "workloads/sketch.h"
#include "workloads/svc.h"
#include "workloads/svd1.h"
#include "workloads/svd2.h"
#include "workloads/tree_reduction.h"
#include "workloads/tsqr.h"
#include "workloads/wfformat.h"

namespace wukong::workloads {
namespace {

template <class Values, Dag (*make)(const Values&, DagForm)>
constexpr Workload workload(std::string_view key, std::string_view path_key = {}) {
  return {.key = key,
          .path_key = path_key,
          .make_parameters = []() -> std::unique_ptr<WorkloadParameters> {
            return std::make_unique<ParametersOf<Values>>();
          },
          .make_dag =
              [](const WorkloadParameters& parameters, DagForm form) {
                return make(static_cast<const ParametersOf<Values>&>(parameters).values, form);
              }};
}

constexpr Workload kWorkloads[] = {
    workload<TreeReductionParameters, make_tree_reduction>("tree_reduction"),
    workload<TsqrParameters, make_tsqr>("tsqr"),
    workload<WfformatParameters, make_wfformat>("wfformat", "path"),
    workload<GemmParameters, make_gemm>("gemm"),
    workload<Svd1Parameters, make_svd1>("svd1"),
    workload<Svd2Parameters, make_svd2>("svd2"),
    workload<SvcParameters, make_svc>("svc"),
    workload<SquareMatrixParameters, make_cholesky>("cholesky"),
    workload<SquareMatrixParameters, make_qr>("qr"),
    workload<SquareMatrixParameters, make_bdfac>("bdfac"),
    workload<SquareMatrixParameters, make_lu>("lu"),
    workload<NoopParameters, make_noop>("noop"),
    workload<LayeredParameters, make_layered>("layered"),
    workload<SketchParameters, make_sketch>("sketch"),
};

}  // namespace

std::span<const Workload> workloads() { return kWorkloads; }

}  // namespace wukong::workloads
