#include "workloads/own_dags/dot.h"

#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/workloads/own_dags/own_dag.h"

namespace wukong::own_dags {

using test::dag_of_dot;

TEST_CASE("a DAG's DOT text lists its tasks, and its edges with their bytes") {
  const dag::Dag dag = test::dag_from_text(
      "a -> c; b -> c", {.object_size = Bytes(1000), .object_sizes = {{"b", Bytes(7)}}});
  CHECK(to_dot(describe(dag), "example") ==
        "digraph \"example\" {\n"
        "  node [shape=box];\n"
        "  \"a\" [sleep_ms=100, out=\"1kB\"];\n"
        "  \"b\" [sleep_ms=100, out=7];\n"
        "  \"c\" [sleep_ms=100, out=\"1kB\"];\n"
        "  \"a\" -> \"c\" [label=\"1 kB\"];\n"
        "  \"b\" -> \"c\" [label=\"7 B\"];\n"
        "}\n");
}

TEST_CASE("names with quotes and backslashes are quoted in DOT") {
  const dag::Dag dag = test::dag_from_text("say\"hi\"\\n");
  CHECK(to_dot(describe(dag), "g").find("  \"say\\\"hi\\\"\\\\n\" [") != std::string::npos);
}

TEST_CASE("a drawing of somebody else's becomes tasks and edges") {
  const dag::Dag dag = dag_of_dot(R"(/* made by
   hand */
strict digraph "pipeline" {
  rankdir=LR; node [shape=box, ms=5]; edge [color=gray]
  fetch -> { clean:north ; "split" } -> merge [label="3 MB"];
  merge [s=0.1, style="filled" + ",rounded", label=<<b>merge</b>>]  # the last one
  subgraph cluster_report { report; }
  merge -> report -> 42
  merge -> report
})");
  CHECK(test::everything_of(dag) ==
        "fetch fetch 5000000+0 ns 0.000000 flops of 0 0 B 1 threads 0 B reads after writes "
        "fetch->clean=3000000 fetch->split=3000000\n"
        "clean clean 5000000+0 ns 0.000000 flops of 0 0 B 1 threads 0 B reads fetch->clean after "
        "fetch writes clean->merge=3000000\n"
        "split split 5000000+0 ns 0.000000 flops of 0 0 B 1 threads 0 B reads fetch->split after "
        "fetch writes split->merge=3000000\n"
        "merge merge 100000000+0 ns 0.000000 flops of 0 0 B 1 threads 0 B reads clean->merge "
        "split->merge after clean split writes\n"
        "report report 5000000+0 ns 0.000000 flops of 0 0 B 1 threads 0 B reads after merge "
        "writes\n"
        "42 42 5000000+0 ns 0.000000 flops of 0 0 B 1 threads 0 B reads after report writes\n");
}

TEST_CASE("a drawing in which files are nodes tells who writes and reads them") {
  const dag::Dag dag = dag_of_dot(
      "digraph { file [object=data, bytes=\"2kB\"]; a [ms=1]; b [ms=1]; a -> file -> b }");
  CHECK(dag.object_count() == 1);
  CHECK(dag.name(ObjectId(0)) == "data");
  CHECK(dag.size(ObjectId(0)).actual == Bytes(2000));
  CHECK(dag.name(dag.producer(ObjectId(0))) == "a");
  CHECK(dag.name(dag.consumers(ObjectId(0)).front()) == "b");
}

TEST_CASE("a label is what an edge carries only where the task does not say it") {
  const dag::Dag dag =
      dag_of_dot("digraph { a [out=5]; a -> b [label=\"7 B\"]; a -> c [label=x] }");
  CHECK(dag.object_count() == 1);
  CHECK(dag.size(ObjectId(0)).actual == Bytes(5));
  CHECK(dag.consumers(ObjectId(0)).size() == 2);
}

TEST_CASE("what is wrong with a drawing is said with its line") {
  const auto refused = [](const std::string& text, const std::string& message) {
    CHECK_THROWS_WITH(dag_of_dot(text), message);
  };
  refused(
      "graph { a -- b }",
      "graph.dot:1: expected a directed graph (digraph), whose edges have a direction, found an "
      "undirected one (graph)");
  CHECK_THROWS_WITH(dag_of_dot("digraph {\n \"a\\nb\" }"),
                    Catch::StartsWith("graph.dot:2: expected a name of printable characters"));
  refused("digraph {\n a -- b }",
          "graph.dot:2: expected ->, for the graph is directed, found \"--\"");
  refused("digraph {\n\n a -> b", "graph.dot:3: expected }, found the end of the file");
  refused("digraph {\n a [ms=fast] }",
          "graph.dot:2: expected ms: a number from 0 to 100000000000, found \"fast\"");
  refused(
      "digraph {\n a [kernel=gem] }",
      "graph.dot:2: expected kernel: one of none, generate, gemm, qr, svd, cholesky, trsm, syrk, "
      "lu, add, transpose, predict, found \"gem\" (did you mean \"gemm\"?)");
  refused("digraph {\n a -> b [bytes=much] }",
          "graph.dot:2: expected a size of at most 1 PB: a number of bytes, or with a unit (B, kB, "
          "MB, GB, TB, KiB, MiB, GiB, TiB), found \"much\"");
  refused("digraph {\n a -> b; b -> c;\n c -> a }",
          "graph.dot:2: expected no cycle, found a cycle: a -> b -> c -> a");
  refused("digraph {\n a [label=\"x ] }",
          "graph.dot:2: expected a closing quote, found the end of the file");
  refused("digraph {\n /* }", "graph.dot:2: expected the end of a comment, found that of the file");
  refused("digraph { a } b",
          "graph.dot:1: expected the end of the file after one graph, found \"b\"");
  refused("digraph { }", "graph.dot: expected at least one task, found none");
  refused("digraph {\n f [object=x] }",
          "graph.dot:2: expected bytes=..., the size of the object, found none");
}

}  // namespace wukong::own_dags
