#include "workloads/catalog/workload.h"

#include "workloads/generators/layered.h"
#include "workloads/generators/noop.h"
#include "workloads/generators/sketch.h"
#include "workloads/generators/tree_reduction.h"
#include "workloads/linear_algebra/gemm.h"
#include "workloads/linear_algebra/orthogonal_factorisations.h"
#include "workloads/linear_algebra/svc.h"
#include "workloads/linear_algebra/svd1.h"
#include "workloads/linear_algebra/svd2.h"
#include "workloads/linear_algebra/triangular_factorisations.h"
#include "workloads/linear_algebra/tsqr.h"
#include "workloads/own_dags/dag_parameters.h"
#include "workloads/own_dags/dag_tables.h"
#include "workloads/own_dags/dot.h"
#include "workloads/wfformat/wfformat.h"

namespace wukong::workloads {
namespace {

template <class Values, dag::Dag (*make)(const Values&, dag::DagForm)>
constexpr Workload workload(std::string_view key, std::string_view summary,
                            std::string_view example, std::string_view path_key = {},
                            bool map_in_file = false) {
  return {.key = key,
          .summary = summary,
          .example = example,
          .path_key = path_key,
          .map_in_file = map_in_file,
          .make_parameters = []() -> std::unique_ptr<WorkloadParameters> {
            return std::make_unique<ParametersOf<Values>>();
          },
          .make_dag =
              [](const WorkloadParameters& parameters, dag::DagForm form) {
                return make(static_cast<const ParametersOf<Values>&>(parameters).values, form);
              }};
}

constexpr Workload kWorkloads[] = {
    workload<generators::TreeReductionParameters, generators::make_tree_reduction>(
        "tree_reduction", "Numbers are added in pairs until one is left",
        "{elements: 1024, delay_ms: 100}"),
    workload<linear_algebra::TsqrParameters, linear_algebra::make_tsqr>(
        "tsqr", "R, and Q if asked for, of a tall, narrow matrix",
        "{rows: 4194304, columns: 128, block_rows: 8192}"),
    workload<own_dags::DagParameters, own_dags::make_dag>(
        "dag", "A DAG of your own, written out task by task, or in a YAML file",
        "{tasks: {a: {ms: 10, out: 1MB}, b: {after: [a], ms: 20}}}", {}, /*map_in_file=*/true),
    workload<own_dags::DotParameters, own_dags::make_dag_of_dot>(
        "dot", "A DAG of your own, a file in Graphviz's DOT language", "{path: graph.dot}", "path"),
    workload<own_dags::TablesParameters, own_dags::make_dag_of_tables>(
        "csv", "A DAG of your own, as two tables in CSV: tasks and edges",
        "{tasks: tasks.csv, edges: edges.csv}", "tasks"),
    workload<wfformat::WfformatParameters, wfformat::make_wfformat>(
        "wfformat", "A recorded workflow, from a file in WfCommons' WfFormat",
        "{path: montage.json}", "path"),
    workload<linear_algebra::GemmParameters, linear_algebra::make_gemm>(
        "gemm", "The product of two square matrices", "{n: 10000, block: 2000}"),
    workload<linear_algebra::Svd1Parameters, linear_algebra::make_svd1>(
        "svd1", "The right singular vectors of a tall, narrow matrix",
        "{rows: 1000000, columns: 100}"),
    workload<linear_algebra::Svd2Parameters, linear_algebra::make_svd2>(
        "svd2", "The largest singular vectors of a square matrix, by compression", "{n: 50000}"),
    workload<linear_algebra::SvcParameters, linear_algebra::make_svc>(
        "svc", "Samples are generated, and classified by a support vector model",
        "{samples: 1024000, chunks: 160}"),
    workload<linear_algebra::SquareMatrixParameters, linear_algebra::make_cholesky>(
        "cholesky", "numpywren's Cholesky factorisation of a symmetric matrix", "{n: 65536}"),
    workload<linear_algebra::SquareMatrixParameters, linear_algebra::make_qr>(
        "qr", "numpywren's QR factorisation of a square matrix", "{n: 65536}"),
    workload<linear_algebra::SquareMatrixParameters, linear_algebra::make_bdfac>(
        "bdfac", "numpywren's reduction of a square matrix to a band, for its SVD", "{n: 65536}"),
    workload<linear_algebra::SquareMatrixParameters, linear_algebra::make_lu>(
        "lu", "LU factorisation of a square matrix, without pivoting", "{n: 65536}"),
    workload<generators::NoopParameters, generators::make_noop>(
        "noop", "Independent chains of tasks that only sleep",
        "{tasks: 10000, lambdas: 1000, delay_ms: 100}"),
    workload<generators::LayeredParameters, generators::make_layered>(
        "layered", "Random DAGs in layers, with widths, times and sizes drawn",
        "{depth: 5, width: 20, fan_in: 3, task_distribution: lognormal}"),
    workload<generators::SketchParameters, generators::make_sketch>(
        "sketch", "A DAG that is written down in one line",
        "{edges: \"a -> c; b -> c\", seconds: [1, 2, 0.5]}"),
};

}  // namespace

std::span<const Workload> workloads() { return kWorkloads; }

}  // namespace wukong::workloads
