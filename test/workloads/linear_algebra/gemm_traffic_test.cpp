#include "test/catch.h"
#include "test/support/policy_run.h"
#include "workloads/linear_algebra/gemm.h"

namespace wukong {

// SoCC'20, figures 15r and 15w. Leaves read the persisted inputs, |A| + |B|, and store them again;
// each of the n^2 products reads 2n blocks but the one that its executor has in memory.
TEST_CASE("Wukong's GEMM reads and writes the bytes that the paper measured, within 4 %") {
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
    CHECK(run.result.usage.written.to_gigabytes() == Approx(written_gb).epsilon(0.04));
  }
}

}  // namespace wukong
