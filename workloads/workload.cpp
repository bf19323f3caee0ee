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
constexpr Workload workload(std::string_view key, std::string_view summary,
                            std::string_view example, std::string_view path_key = {}) {
  return {.key = key,
          .summary = summary,
          .example = example,
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
    workload<TreeReductionParameters, make_tree_reduction>(
        "tree_reduction", "Numbers are added in pairs until one is left",
        "{elements: 1024, delay_ms: 100}"),
    workload<TsqrParameters, make_tsqr>("tsqr", "R, and Q if asked for, of a tall, narrow matrix",
                                        "{rows: 4194304, columns: 128, block_rows: 8192}"),
    workload<WfformatParameters, make_wfformat>(
        "wfformat", "A recorded workflow, from a file in WfCommons' WfFormat",
        "{path: montage.json}", "path"),
    workload<GemmParameters, make_gemm>("gemm", "The product of two square matrices",
                                        "{n: 10000, block: 2000}"),
    workload<Svd1Parameters, make_svd1>("svd1",
                                        "The right singular vectors of a tall, narrow matrix",
                                        "{rows: 1000000, columns: 100}"),
    workload<Svd2Parameters, make_svd2>(
        "svd2", "The largest singular vectors of a square matrix, by compression", "{n: 50000}"),
    workload<SvcParameters, make_svc>(
        "svc", "Samples are generated, and classified by a support vector model",
        "{samples: 1024000, chunks: 160}"),
    workload<SquareMatrixParameters, make_cholesky>(
        "cholesky", "numpywren's Cholesky factorisation of a symmetric matrix", "{n: 65536}"),
    workload<SquareMatrixParameters, make_qr>(
        "qr", "numpywren's QR factorisation of a square matrix", "{n: 65536}"),
    workload<SquareMatrixParameters, make_bdfac>(
        "bdfac", "numpywren's reduction of a square matrix to a band, for its SVD", "{n: 65536}"),
    workload<SquareMatrixParameters, make_lu>(
        "lu", "LU factorisation of a square matrix, without pivoting", "{n: 65536}"),
    workload<NoopParameters, make_noop>("noop", "Independent chains of tasks that only sleep",
                                        "{tasks: 10000, lambdas: 1000, delay_ms: 100}"),
    workload<LayeredParameters, make_layered>(
        "layered", "Random DAGs in layers, with widths, times and sizes drawn",
        "{depth: 5, width: 20, fan_in: 3, task_distribution: lognormal}"),
    workload<SketchParameters, make_sketch>("sketch", "A DAG that is written down in one line",
                                            "{edges: \"a -> c; b -> c\", seconds: [1, 2, 0.5]}"),
};

}  // namespace

std::span<const Workload> workloads() { return kWorkloads; }

}  // namespace wukong::workloads
