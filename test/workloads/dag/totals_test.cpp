#include "workloads/dag/totals.h"

#include <string>

#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/dense_kernels.h"

namespace wukong::dag {
namespace {

Dag tasks_of(size_t count, double seconds, int32_t threads, Bytes output) {
  DagBuilder builder;
  hosts::TaskCost cost;
  cost.recorded = Duration::from_seconds(seconds);
  cost.threads = threads;
  const KindId kind = builder.add_kind("t", cost);
  for (size_t i = 0; i < count; ++i) builder.compute(kind, {}, as_declared(output));
  return builder.build();
}

std::string totals_error(const Dag& dag) {
  return test::error_text([&] { check_totals(dag); });
}

}  // namespace

TEST_CASE("a DAG whose bytes or times add up to near 2^63 is refused") {
  CHECK(totals_error(tasks_of(100, 1e4, 16, Bytes(1'000'000'000'000))) == "no error");
  CHECK(totals_error(tasks_of(4001, 1, 1, Bytes(1'000'000'000'000'000))) ==
        "expected tasks that read and write at most 4 EB in all, found 4 EB");
  CHECK(totals_error(tasks_of(10'000, 1, 1, Bytes(1'000'000'000'000'000))).find("found 10 EB") !=
        std::string::npos);
  CHECK(totals_error(tasks_of(41, 1e8, 1, Bytes(0)))
            .find("core time in all (127 years), found "
                  "4100000000 s") != std::string::npos);
  CHECK(totals_error(tasks_of(1, 1e8, 16, Bytes(0)))
            .find("core time each (16 years), found 1600000000 s of t-0") != std::string::npos);
}

TEST_CASE("what is read counts for each of its readers") {
  DagBuilder builder;
  const ObjectId input = builder.add_input(as_declared(Bytes(1'000'000'000'000'000)));
  for (int i = 0; i < 5000; ++i) builder.compute(builder.add_kind("t", {}), {input}, {});
  CHECK(totals_error(builder.build()).find("found 5 EB") != std::string::npos);
}

}  // namespace wukong::dag
