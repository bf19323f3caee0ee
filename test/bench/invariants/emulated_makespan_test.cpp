#include "bench/invariants/emulated_makespan.h"

#include "test/catch.h"
#include "test/support/dag_text.h"

namespace wukong::invariants {
namespace {

using namespace wukong::literals;

TEST_CASE("an emulated run is not shorter than the slowest path of its tasks' times",
          "[invariants]") {
  const dag::Dag dag = test::dag_from_text("a -> c; b -> c; c -> d");
  std::vector<Duration> times(dag.task_count(), 2_s);
  times[0] = 3_s;
  run::RunResult result;
  result.completed = true;
  result.makespan = 7_s;
  CHECK(check_emulated_makespan(dag, times, result).empty());
  result.makespan = 7_s - 1_ms;
  const std::vector<std::string> broken = check_emulated_makespan(dag, times, result);
  REQUIRE(broken.size() == 1);
  CHECK(broken.front().find("is below the slowest path") != std::string::npos);
  result.completed = false;
  CHECK(check_emulated_makespan(dag, times, result).empty());
}

}  // namespace
}  // namespace wukong::invariants
