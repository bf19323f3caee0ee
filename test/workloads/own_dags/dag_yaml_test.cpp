#include "test/catch.h"
#include "test/workloads/own_dags/own_dag.h"

namespace wukong::own_dags {

using test::dag_of_yaml;
using test::everything_of;

TEST_CASE("a task reads the results of the tasks that it comes after") {
  CHECK(everything_of(dag_of_yaml("tasks: {a: {ms: 10, out: 1MB}, b: {after: [a], ms: 20}}")) ==
        "a a 10000000+0 ns 0.000000 flops of 0 0 B 1 threads 0 B reads after writes a.out=1000000\n"
        "b b 20000000+0 ns 0.000000 flops of 0 0 B 1 threads 0 B reads a.out after a writes\n");
}

TEST_CASE("each key of a task and of an object means what it says") {
  CHECK(everything_of(dag_of_yaml(R"(
tasks:
  load_1: {s: 1.5, in: 2kB, out: 5, threads: 4, memory: 1MiB}
  load_2: {sleep_ms: 3, kind: fetch}
  train: {after: [load_1, load_2], reads: [model, parts], gflop: 2, kernel: qr, touched: 7}
objects:
  model: {size: 1GB}
  parts: {size: 12, from: load_2}
)")) == "load_1 load 1500000000+0 ns 0.000000 flops of 0 0 B 4 threads 1048576 B reads load_1.in "
        "after writes load_1.out=5\n"
        "load_2 fetch 0+3000000 ns 0.000000 flops of 0 0 B 1 threads 0 B reads after writes "
        "parts=12\n"
        "train train 0+0 ns 2000000000.000000 flops of 3 7 B 1 threads 0 B reads load_1.out model "
        "parts after load_1 load_2 writes\n"
        "load_1.in=2000\nmodel=1000000000\n");
}

TEST_CASE("tasks may stand in any order, and are called source or value if one likes") {
  const dag::Dag dag = dag_of_yaml(
      "tasks: {sink: {after: [value, source], ms: 1}, source: {ms: 1}, value: {after: source, ms: "
      "1}}");
  REQUIRE(dag.task_count() == 3);
  CHECK(dag.name(TaskId(0)) == "source");
  CHECK(dag.name(TaskId(2)) == "sink");
}

TEST_CASE("what is odd about a DAG is counted in a remark") {
  const dag::Dag odd =
      dag_of_yaml("{tasks: {a: {ms: 1}, b: {after: a}, c: {ms: 1}}, objects: {x: {size: 1}}}");
  REQUIRE(odd.remarks().size() == 1);
  CHECK(odd.remarks()[0] ==
        "workload.dag: 1 of 3 tasks without edges, 1 of 3 tasks that take no time, 1 of 1 objects "
        "that no task reads or writes");
  CHECK(dag_of_yaml("tasks: {a: {ms: 1}}").remarks().empty());
}

TEST_CASE("what is wrong with a DAG in YAML is said with its key") {
  const auto refused = [](const std::string& yaml, const std::string& message) {
    CHECK_THROWS_WITH(dag_of_yaml(yaml), message);
  };
  refused(
      "tasks: {load: {ms: 1}, train: {after: [laod]}}",
      "workload.dag.tasks.train.after: expected a task, found \"laod\" (did you mean \"load\"?)");
  refused("tasks: {a: {reads: [b]}}",
          "workload.dag.tasks.a.reads: expected an object, found \"b\"");
  refused("tasks: {a: {after: b}, b: {after: a}}",
          "workload.dag.tasks.a: expected no cycle, found a cycle: a -> b -> a");
  refused("tasks: {a: {after: a}}",
          "workload.dag.tasks.a: expected no cycle, found a cycle: a -> a");
  refused("tasks: {a: {}, b: {after: [a, a]}}",
          "workload.dag.tasks.b.after: expected each task once, found \"a\" a second time");
  refused("tasks: {a: {ms: 1, s: 1}}",
          "workload.dag.tasks.a.ms: expected a time in seconds or in milliseconds, found 1 s and 1 "
          "ms");
  refused("tasks: {a: {ms: 1, gflop: 1}}",
          "workload.dag.tasks.a.gflop: expected a time that was measured, or the arithmetic and "
          "memory that make one, found both");
  refused("tasks: {a.b: {out: big}}",
          "workload.dag.tasks.\"a.b\".out: expected a size of at most 1 PB: a number of bytes, or "
          "with a unit (B, kB, MB, GB, TB, KiB, MiB, GiB, TiB), found \"big\"");
  refused("{tasks: {a: {out: 1}}, objects: {a.out: {size: 1}}}",
          "workload.dag.objects.\"a.out\": expected each object once, and none that is named as a "
          "task's own result or input, found \"a.out\" a second time");
  refused("{tasks: {a: {}}, objects: {x: {from: a}}}",
          "workload.dag.objects.x.size: expected a value, found nothing (the key is missing)");
  refused("{tasks: {a: {}}, objects: {x: {size: 1, from: b}}}",
          "workload.dag.objects.x.from: expected a task, found \"b\"");
  refused("tasks: {}", "workload.dag.tasks: expected at least one task, found none");
  refused("tasks: {a: {afer: b}}",
          "dag.yaml:1: workload.dag.tasks.a.afer: unknown key (did you mean \"after\"?)");
}

}  // namespace wukong::own_dags
