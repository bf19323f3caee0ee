#include "scheduler/wukong/decisions/static_schedule.h"

#include <set>

#include "sim/base/random.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "workloads/linear_algebra/gemm.h"
#include "workloads/linear_algebra/svd2.h"
#include "workloads/linear_algebra/tsqr.h"

namespace wukong::wukong_policy {
namespace {

using test::dag_from_text;
using wukong_decisions::StaticSchedules;

constexpr Bytes kNode(1000);

StaticSchedules schedules_of(const dag::Dag& dag, uint64_t seed = 1) {
  return StaticSchedules(dag, kNode, RandomStream(seed, "first"));
}

}  // namespace

TEST_CASE("the successor that an executor goes on with is any of them, drawn for each run") {
  const auto dag = dag_from_text("a -> b; a -> c; a -> d; b -> end; c -> end; d -> end");
  std::set<TaskId> drawn;
  for (uint64_t seed = 1; seed <= 30; ++seed) {
    drawn.insert(schedules_of(dag, seed).become(TaskId(0)));
    CHECK(schedules_of(dag, seed).become(TaskId(0)) == schedules_of(dag, seed).become(TaskId(0)));
  }
  CHECK(drawn.size() == 3);
}

TEST_CASE("a path has the tasks that are become, and those that may be invoked from it") {
  const auto dag = dag_from_text("a -> b; a -> c; b -> end; c -> end");
  const StaticSchedules schedules = schedules_of(dag);
  // a, one of b and c, end, and the other one beside them.
  CHECK(schedules.size(TaskId(0)) == Bytes(4 * 1000));
  // The path of a, and that of the one that is not become: it and end.
  CHECK(schedules.stored_paths() == 2);
  CHECK(schedules.total_size() == Bytes((4 + 2) * 1000));
}

// Replayed with the released code's search on Dask's DAGs. Of SVD2 the order of sets decides, which
// differs from run to run.
TEST_CASE("the paths that are stored before a run are as many and as long as the original's") {
  const auto tsqr = schedules_of(linear_algebra::make_tsqr(
      {.rows = 2048 * 8192, .columns = 128, .block_rows = 8192}, dag::DagForm::dask));
  CHECK(tsqr.stored_paths() == 2048);
  CHECK(tsqr.stored_nodes() == 12'288);
  const auto gemm = schedules_of(
      linear_algebra::make_gemm({.n = 25'000, .persisted_input = false}, dag::DagForm::dask));
  CHECK(gemm.stored_paths() == 507);
  CHECK(gemm.stored_nodes() == 4901);
  struct Replayed {
    int64_t n;
    double paths, nodes;
  };
  for (const auto& [n, paths, nodes] :
       {Replayed{50'000, 353, 8319}, Replayed{100'000, 1305, 46'155},
        Replayed{128'000, 2171, 110'372}, Replayed{256'000, 8400, 798'624}}) {
    INFO("SVD2, n = " << n);
    const auto svd2 = schedules_of(linear_algebra::make_svd2({.n = n}));
    CHECK(static_cast<double>(svd2.stored_paths()) == Approx(paths).epsilon(0.02));
    CHECK(static_cast<double>(svd2.stored_nodes()) == Approx(nodes).epsilon(0.3));
  }
}

}  // namespace wukong::wukong_policy
