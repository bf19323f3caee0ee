#include "test/catch.h"
#include "test/support/policy_run.h"
#include "workloads/dag/statistics.h"
#include "workloads/linear_algebra/gemm.h"

namespace wukong {

// SoCC'20, figures 15r and 15w. The inputs were persisted: they are read from memory by the
// products, n^2 leaves with 2n blocks each. What was written has the inputs in it, once: persist()
// wrote them before the run.
TEST_CASE("Wukong's GEMM moves the bytes that the paper measured, with persist()'s, within 4 %") {
  struct Case {
    int64_t n;
    double read_gb, written_gb;
  };
  for (const auto [n, read_gb, written_gb] :
       {Case{5'000, 2.337, 0.601}, Case{25'000, 139.5, 15.05}}) {
    INFO("n = " << n);
    const auto dag = linear_algebra::make_gemm({.n = n}, dag::DagForm::dask);
    const auto run = test::run_policy(dag, "wukong");
    REQUIRE(run.result.completed);
    CHECK(run.result.usage.read.to_gigabytes() == Approx(read_gb).epsilon(0.04));
    const double persisted = shape_of(dag).inputs.actual.to_gigabytes();
    CHECK(run.result.usage.written.to_gigabytes() + persisted == Approx(written_gb).epsilon(0.04));
  }
}

}  // namespace wukong
