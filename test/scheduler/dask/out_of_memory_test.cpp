// What a Dask run says that fails for want of memory.
#include <string>

#include "test/catch.h"
#include "test/support/policy_run.h"
#include "workloads/dag/dag_builder.h"

namespace wukong {
namespace {

using test::run_policy;

// Tasks of 10 s and 1.8 GB each, for a worker with 16 threads and 24 GB, which read an object of
// 1 kB: a persisted one, or what one task made of that.
dag::Dag sixteen_of_memory(bool persisted) {
  dag::DagBuilder builder;
  ObjectId read = builder.add_input({Bytes(1000), Bytes(1000)});
  if (!persisted) {
    read = builder.compute(builder.add_kind("first", {}), {read}, {Bytes(1000), Bytes(1000)});
  }
  hosts::TaskCost cost;
  cost.recorded = Duration::seconds(10);
  cost.memory = Bytes(1'800'000'000);
  const auto kind = builder.add_kind("map", cost);
  for (int i = 0; i < 16; ++i) builder.compute(kind, {read}, {Bytes(1), Bytes(1)});
  return builder.build();
}

void check_memory_sentence(const std::string& failure) {
  INFO(failure);
  for (const char* part :
       {"ran out of memory: its process needed 29.", " of 24.0 GB, and is killed beyond 22.8 GB",
        "16 running tasks needed 28.8 GB", ", 1.8 GB", "a larger memory.limit_gb would help",
        "or fewer worker_threads"})
    CHECK(failure.find(part) != std::string::npos);
}

TEST_CASE("a Dask run that fails for want of memory says needed, had and by what, first") {
  const std::string one_worker = "{dask-125: {machines: 1}}";
  const dag::Dag persisted = sixteen_of_memory(true);
  const std::string input = persisted.name(ObjectId(0));
  const auto lost = run_policy(persisted, one_worker).result;
  REQUIRE_FALSE(lost.completed);
  check_memory_sentence(lost.failure);
  CHECK(lost.failure.starts_with("worker 0 ran out of memory"));
  CHECK(lost.failure.find("; with it went a persisted input, " + input +
                          ", which no task can compute again") != std::string::npos);
  const dag::Dag computed = sixteen_of_memory(false);
  const std::string first = computed.name(TaskId(0));
  const auto released = run_policy(computed, one_worker).result;
  REQUIRE_FALSE(released.completed);
  check_memory_sentence(released.failure);
  CHECK(released.failure.starts_with("worker 0 ran out of memory"));
  CHECK(released.failure.find("; for what it held, task " + first +
                              " has to run again, which reads a persisted input, " + input +
                              ", that was released") != std::string::npos);
  // Fewer at a time have room, as the sentence says.
  CHECK(run_policy(sixteen_of_memory(true), "{dask-125: {machines: 1, worker_threads: 8}}")
            .result.completed);
}

}  // namespace
}  // namespace wukong
