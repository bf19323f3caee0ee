#include "test/catch.h"
#include "test/workloads/own_dags/own_dag.h"

namespace wukong::own_dags {

using test::dag_of_csv;
using test::everything_of;

TEST_CASE("an edge without bytes reads its task's result, one with bytes an object of its own") {
  CHECK(everything_of(dag_of_csv("name,ms,out\na,10,1MB\nb,20,\nc,30,\n",
                                 "from,to,bytes\na,b,\na,c,2kB\n")) ==
        "a a 10000000+0 ns 0.000000 flops of 0 0 B 1 threads 0 B reads after writes a->c=2000 "
        "a.out=1000000\n"
        "b b 20000000+0 ns 0.000000 flops of 0 0 B 1 threads 0 B reads a.out after a writes\n"
        "c c 30000000+0 ns 0.000000 flops of 0 0 B 1 threads 0 B reads a->c after a writes\n");
}

TEST_CASE("rows that name an object tell of the same one") {
  const dag::Dag dag = dag_of_csv("name,ms\na,1\nb,1\nc,1\n",
                                  "from,to,object,bytes\na,b,x,5\na,c,x,\n,b,given,7\n,c,given,\n");
  CHECK(dag.object_count() == 2);
  CHECK(dag.consumers(dag.outputs(TaskId(0)).front()).size() == 2);
}

TEST_CASE("one table is enough where tasks say what they come after") {
  const dag::Dag dag = make_dag_of_tables(
      {.tasks = {"tasks.csv", "name,ms,out,after\na,1,5,\nb,1,5,\nc,1,,a; b\n"}, .edges = {}});
  CHECK(dag.edge_count() == 2);
  CHECK(dag.inputs(TaskId(2)).size() == 2);
}

TEST_CASE("what is wrong with a table is said with its file and line") {
  const auto refused = [](const char* tasks, const char* edges, const std::string& message) {
    CHECK_THROWS_WITH(dag_of_csv(tasks, edges), message);
  };
  refused("name,ms\na,1\na,2\n", "from,to\n",
          "tasks.csv:3: expected each task once, found \"a\" a second time");
  refused("name,msec\na,1\n", "from,to\n",
          "tasks.csv:1: expected no column but those of the format, found \"msec\" (did you mean "
          "\"ms\"?)");
  refused("name,ms\na,slow\n", "from,to\n",
          "tasks.csv:2: expected ms: a number from 0 to 100000000000, found \"slow\"");
  refused("name\nload\nb\n", "from,to\nlaod,b\n",
          "edges.csv:2: expected a task, found \"laod\" (did you mean \"load\"?)");
  refused("name\na\nb\n", "from,to\na,b\na,b\n",
          "edges.csv:3: expected each task once, found \"a\" a second time");
  refused(
      "name\na\nb\n", "from,to,bytes\na,b,1\na,b,1\n",
      "edges.csv:3: expected each edge once, or objects with names, found \"a->b\" a second time");
  refused("name\na\nb\n", "from,to,object,bytes\na,b,x,1\na,b,x,2\n",
          "edges.csv:3: expected 1, the size that the object has elsewhere, found 2");
  refused("name\na\nb\n", "from,to,object,bytes\na,,x,1\nb,,x,1\n",
          "edges.csv:3: expected an object of one task, found \"x\" of \"a\" and of \"b\"");
  refused("name\na\nb\n", "from,to,object\na,b,x\n",
          "edges.csv:2: expected an object, found \"x\"");
  refused("name\na\n", "from,to\n,a\n",
          "edges.csv:2: expected an object, or a task at both ends of the edge, found neither");
  refused("name\na\nb\n", "from,to\na,b\nb,a\n",
          "tasks.csv:2: expected no cycle, found a cycle: a -> b -> a");
}

}  // namespace wukong::own_dags
