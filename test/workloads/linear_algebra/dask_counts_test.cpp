// The DAGs of Dask's arrays as Dask 1.2.2 makes them: counted with Dask's own code.
#include <map>
#include <string>

#include "test/catch.h"
#include "test/workloads/dag_facts.h"
#include "workloads/linear_algebra/gemm.h"
#include "workloads/linear_algebra/svc.h"
#include "workloads/linear_algebra/svd1.h"
#include "workloads/linear_algebra/svd2.h"
#include "workloads/linear_algebra/tsqr.h"

namespace wukong::linear_algebra {
namespace {

struct Counts {
  size_t tasks;
  size_t leaves;
  bool operator==(const Counts&) const = default;
};

Counts counts_of(const dag::Dag& dag) { return {dag.task_count(), dag.leaves().size()}; }

// (kind, kind of a successor) -> edges
std::map<std::pair<std::string, std::string>, size_t> edges_by_kind(const dag::Dag& dag) {
  std::map<std::pair<std::string, std::string>, size_t> edges;
  for (const TaskId task : dag.tasks())
    for (const TaskId successor : dag.successors(task))
      ++edges[{dag.kind(task), dag.kind(successor)}];
  return edges;
}

}  // namespace

TEST_CASE("A product of matrices is what Dask makes of it") {
  const auto dag = make_gemm({.n = 25'000, .persisted_input = false}, dag::DagForm::dask);
  CHECK(counts_of(dag) == Counts{507, 338});
  CHECK(dag.successors(dag.leaves().front()).size() == 13);
  CHECK(dag.predecessors(dag.sinks().front()).size() == 26);
  // With its inputs in memory, each product is a leaf.
  CHECK(counts_of(make_gemm({.n = 25'000}, dag::DagForm::dask)) == Counts{169, 169});
}

TEST_CASE("A tall QR has two tasks a block, of which one is an alias") {
  const auto dag =
      make_tsqr({.rows = 1 << 20, .columns = 128, .block_rows = 8192, .persisted_input = false},
                dag::DagForm::dask);
  CHECK(counts_of(dag) == Counts{262, 128});
  CHECK(test::tasks_by_kind(dag) == std::map<std::string, size_t>{{"generate-qr-getitem", 128},
                                                                  {"stack-qr-getitem", 3},
                                                                  {"alias", 131}});
}

TEST_CASE("SVD1 is what Dask makes of it") {
  CHECK(counts_of(make_svd1({.rows = 128'000})) == Counts{28, 13});
  CHECK(counts_of(make_svd1({.rows = 8'192'000})) == Counts{1660, 820});
}

TEST_CASE("SVD2 is what Dask makes of it") {
  CHECK(counts_of(make_svd2({.n = 50'000})) == Counts{507, 110});
  CHECK(counts_of(make_svd2({.n = 100'000})) == Counts{1727, 420});
  CHECK(counts_of(make_svd2({.n = 128'000})) == Counts{2867, 702});
  CHECK(counts_of(make_svd2({.n = 256'000})) == Counts{10511, 2756});
}

TEST_CASE("The edges of SVD2 50k are Dask's") {
  const auto dag = make_svd2({.n = 50'000});
  const std::string product = "dot";
  const std::string second = "dot-transpose-dot";
  auto edges = edges_by_kind(dag);
  CHECK(edges[{"generate", product}] == 200);  // 100 of A, 100 of Omega
  CHECK(edges[{"generate", second}] == 100);
  CHECK(edges[{"getitem", second}] == 200);  // q1 and q2, 10 times each
  CHECK(edges[{product, "sum"}] == 100);
  CHECK(edges[{second, "sum"}] == 100);
  CHECK(edges[{"sum", "sum-qr"}] == 30);
  CHECK(edges[{"sum", "sum-transpose-qr"}] == 30);
  CHECK(dag.edge_count() == 915);
  for (const TaskId leaf : dag.leaves()) {
    const bool large = dag.output_bytes(leaf) == Bytes(200'000'000);
    CHECK(dag.successors(leaf).size() == (large ? 2 : 10));
  }
}

TEST_CASE("A chunk of samples is generated and classified in one task") {
  const auto dag = make_svc({.samples = 1'024'000}, dag::DagForm::dask);
  CHECK(test::tasks_by_kind(dag) ==
        std::map<std::string, size_t>{{"make_classification-predict", 160}, {"alias", 160}});
}

}  // namespace wukong::linear_algebra
