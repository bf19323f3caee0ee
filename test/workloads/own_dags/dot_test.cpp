#include "workloads/dag/dot.h"

#include "test/catch.h"
#include "test/support/dag_text.h"

namespace wukong::dag {

TEST_CASE("a DAG's DOT text lists its tasks, and its edges with their bytes") {
  const Dag dag = test::dag_from_text(
      "a -> c; b -> c", {.object_size = Bytes(1000), .object_sizes = {{"b", Bytes(7)}}});
  CHECK(to_dot(dag, "example") ==
        "digraph \"example\" {\n"
        "  node [shape=box];\n"
        "  \"a\";\n"
        "  \"b\";\n"
        "  \"c\";\n"
        "  \"a\" -> \"c\" [label=\"1000 B\"];\n"
        "  \"b\" -> \"c\" [label=\"7 B\"];\n"
        "}\n");
}

TEST_CASE("names with quotes and backslashes are quoted in DOT") {
  const Dag dag = test::dag_from_text("say\"hi\"\\n");
  CHECK(to_dot(dag, "g").find("  \"say\\\"hi\\\"\\\\n\";\n") != std::string::npos);
}

}  // namespace wukong::dag
