// What WfFormat files of real users have although the schema, or we, expected something else.
#include <algorithm>
#include <string>
#include <vector>

#include "sim/base/error.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "workloads/dag/topological_order.h"
#include "workloads/wfformat/wfformat.h"

namespace wukong::wfformat {
namespace {

using test::task_named;

std::string habits_error(const std::string& text, InPlaceFiles rule = InPlaceFiles::error) {
  try {
    parse_wfformat(text, "w.json", rule);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

// Of version 1.5, on one line.
std::string workflow_of(const std::string& tasks, const std::string& files,
                        const std::string& measured = "", const std::string& version = "1.5") {
  std::string text = R"({"schemaVersion": ")" + version +
                     R"(", "workflow": {"specification": {"tasks": [)" + tasks +
                     R"(], "files": [)" + files + "]}";
  if (!measured.empty()) text += R"(, "execution": {"tasks": [)" + measured + "]}";
  return text + "}}";
}

const std::string kOne = R"({"name": "a", "id": "a", "parents": []})";

std::string remark_of(const std::string& text) {
  const dag::Dag dag = parse_wfformat(text, "w.json");
  REQUIRE(dag.remarks().size() <= 1);
  return dag.remarks().empty() ? "" : dag.remarks().front();
}

ObjectId object_named(const dag::Dag& dag, const std::string& name) {
  for (const ObjectId object : dag.objects())
    if (dag.name(object) == name) return object;
  FAIL("no object " << name);
  return ObjectId(0);
}

std::string inputs_of(const dag::Dag& dag, const std::string& task) {
  std::string text;
  for (const ObjectId object : dag.inputs(task_named(dag, task)))
    text += (text.empty() ? "" : ", ") + dag.name(object);
  return text;
}

}  // namespace

TEST_CASE("WfFormat 1.6 is 1.5 with metrics, which are not needed") {
  const std::string measured =
      R"({"id": "a", "runtimeInSeconds": 2, "metrics": [{"name": "x", "value": 1}]})";
  const dag::Dag dag = parse_wfformat(workflow_of(kOne, "", measured, "1.6"), "w.json");
  CHECK(dag.cost(TaskId(0)).recorded == Duration::seconds(2));
  CHECK(habits_error(workflow_of(kOne, "", measured, "1.7")).find("1.4, 1.5 or 1.6") !=
        std::string::npos);
}

TEST_CASE("memory may be a fraction of a byte, and numbers may have exponents") {
  const std::string measured =
      R"({"id": "a", "runtimeInSeconds": 1.5e1, "memoryInBytes": 3673366590.5})";
  const dag::Dag dag =
      parse_wfformat(workflow_of(kOne, R"({"id": "x", "sizeInBytes": 1.5E3})", measured), "w.json");
  CHECK(dag.cost(TaskId(0)).memory == Bytes(3'673'366'591));
  CHECK(dag.cost(TaskId(0)).recorded == Duration::seconds(15));
  CHECK(dag.size(object_named(dag, "x")).actual == Bytes(1500));
}

TEST_CASE("a task on no core, or on half of one, has one thread") {
  const auto threads = [](const std::string& cores) {
    const std::string measured =
        R"({"id": "a", "runtimeInSeconds": 1, "coreCount": )" + cores + "}";
    return parse_wfformat(workflow_of(kOne, "", measured), "w.json").cost(TaskId(0)).threads;
  };
  CHECK(threads("0") == 1);
  CHECK(threads("0.5") == 1);
  CHECK(threads("1.65") == 2);
  CHECK(threads("16") == 16);
  CHECK(
      habits_error(workflow_of(kOne, "", R"({"id": "a", "runtimeInSeconds": 1, "coreCount": -1})"))
          .find("coreCount: expected a number from 0") != std::string::npos);
}

TEST_CASE("a 1.4 task without a run time takes none, and the reader is told") {
  const std::string text = R"({"schemaVersion": "1.4", "workflow": {"tasks": [
    {"name": "a", "parents": [], "runtimeInSeconds": 3}, {"name": "b", "parents": ["a"]}]}})";
  const dag::Dag dag = parse_wfformat(text, "w.json");
  CHECK(dag.cost(task_named(dag, "b")).recorded == Duration::zero());
  CHECK(dag.cost(task_named(dag, "a")).recorded == Duration::seconds(3));
  CHECK(remark_of(text) == "w.json: 1 of 2 tasks without a run time, or with 0 s");
}

TEST_CASE("a file that is listed twice with one size is one file") {
  const std::string task = R"({"name": "a", "id": "a", "parents": [], "outputFiles": ["x", "x"]})";
  const std::string file = R"({"id": "x", "sizeInBytes": 10})";
  const std::string measured = R"({"id": "a", "runtimeInSeconds": 1})";
  const std::string text = workflow_of(task, file + "," + file, measured);
  const dag::Dag dag = parse_wfformat(text, "w.json");
  CHECK(dag.object_count() == 1);
  CHECK(dag.outputs(TaskId(0)).size() == 1);
  CHECK(remark_of(text) == "w.json: 2 files listed twice");
  CHECK(habits_error(workflow_of(task, file + R"(, {"id": "x", "sizeInBytes": 11})", measured)) ==
        "w.json:1: workflow.specification.files[1].id: expected a file that was not listed before "
        "with another size, found \"x\" of 11 bytes, before of 10");
}

TEST_CASE("whole paths, blanks and any other characters may be in a file's name") {
  const std::string text = workflow_of(
      R"({"name": "a", "id": "a", "parents": [], "inputFiles": ["/data/ref 1.fa", " "]})",
      R"({"id": "/data/ref 1.fa", "sizeInBytes": 1}, {"id": " ", "sizeInBytes": 2})");
  const dag::Dag dag = parse_wfformat(text, "w.json");
  CHECK(inputs_of(dag, "a") == "/data/ref 1.fa,  ");
}

const std::string kDatabase =
    R"({"name": "a", "id": "a", "parents": [], "outputFiles": ["db"]},
       {"name": "b", "id": "b_1", "parents": ["a"], "inputFiles": ["db"], "outputFiles": ["db"]},
       {"name": "c", "id": "c_1", "parents": ["b_1"], "inputFiles": ["db"], "outputFiles": ["db"]},
       {"name": "d", "id": "before", "parents": ["a"], "inputFiles": ["db"]},
       {"name": "d", "id": "between", "parents": ["b_1"], "inputFiles": ["db"]},
       {"name": "d", "id": "after", "parents": ["c_1"], "inputFiles": ["db"]})";
const std::string kDatabaseFile = R"({"id": "db", "sizeInBytes": 5})";

TEST_CASE("a task that writes what it reads is an error that names it, the file and the rule") {
  CHECK(habits_error(workflow_of(kDatabase, kDatabaseFile)) ==
        "w.json:2: workflow.specification.tasks[1].outputFiles[0]: expected a file that its task "
        "does not read, found \"db\": task b_1 reads and writes it (in_place_files: versions "
        "allows that)");
  // In 1.4 the output may come first.
  CHECK(habits_error(R"({"schemaVersion": "1.4", "workflow": {"tasks": [{"name": "b", "parents": [],
    "files": [{"name": "db", "sizeInBytes": 1, "link": "output"},
              {"name": "db", "sizeInBytes": 1, "link": "input"}]}]}})")
            .find("task b reads and writes it") != std::string::npos);
}

TEST_CASE("with versions, a rewritten file is a chain, and each reader gets its own version") {
  const dag::Dag dag =
      parse_wfformat(workflow_of(kDatabase, kDatabaseFile), "w.json", InPlaceFiles::versions);
  CHECK(dag.object_count() == 3);
  CHECK(inputs_of(dag, "b_1") == "db");
  CHECK(inputs_of(dag, "before") == "db");
  CHECK(inputs_of(dag, "c_1") == "db (version 2)");
  CHECK(inputs_of(dag, "between") == "db (version 2)");
  CHECK(inputs_of(dag, "after") == "db (version 3)");
  CHECK(dag.producer(object_named(dag, "db")) == task_named(dag, "a"));
  CHECK(dag.producer(object_named(dag, "db (version 3)")) == task_named(dag, "c_1"));
  CHECK(dag.size(object_named(dag, "db (version 3)")).actual == Bytes(5));
}

TEST_CASE("tasks that rewrite a file without an order between them follow one another") {
  std::string tasks;
  for (const char* const id : {"x", "y", "z"})
    tasks += std::string(tasks.empty() ? "" : ",") + R"({"name": "t", "id": ")" + id +
             R"(", "parents": [], "inputFiles": ["db"], "outputFiles": ["db"]})";
  const dag::Dag dag =
      parse_wfformat(workflow_of(tasks, kDatabaseFile), "w.json", InPlaceFiles::versions);
  CHECK(dag.edge_count() == 2);
  CHECK(inputs_of(dag, "z") == "db (version 3)");
  CHECK(dag.object_count() == 4);
}

TEST_CASE("versions do not hide a cycle, nor two tasks that write a file and do not read it") {
  const std::string cycle =
      R"({"name": "a", "id": "a", "parents": ["b"], "inputFiles": ["db"], "outputFiles": ["db"]},
         {"name": "b", "id": "b", "parents": ["a"]})";
  CHECK(habits_error(workflow_of(cycle, kDatabaseFile), InPlaceFiles::versions)
            .find("found a cycle: a -> b -> a") != std::string::npos);
  const std::string two =
      R"({"name": "a", "id": "a", "parents": [], "outputFiles": ["db"]},
         {"name": "b", "id": "b", "parents": ["a"], "outputFiles": ["db"]})";
  CHECK(habits_error(workflow_of(two, kDatabaseFile), InPlaceFiles::versions)
            .find("found \"db\", which a writes") != std::string::npos);
}

TEST_CASE("a JSON file may begin with a byte-order mark") {
  const std::string text = workflow_of(kOne, "");
  CHECK(habits_error("\xEF\xBB\xBF" + text) == "accepted");
  CHECK(habits_error("\xEF\xBB\xBF") == "w.json: expected a JSON document, found an empty file");
  CHECK(habits_error(std::string("\xFF\xFE{\0", 4)) == "w.json:1: expected UTF-8, found UTF-16");
}

TEST_CASE("a key that an object has twice is an error at its second place") {
  CHECK(habits_error("{\"schemaVersion\": \"1.5\",\n \"x\": {\"y\": [], \"z\": {\"y\": 1}},\n"
                     "\"schemaVersion\": \"1.4\"}") ==
        "w.json:3: expected each key of an object once, found \"schemaVersion\" a second time");
  CHECK(habits_error("{\"a\\\"}\": 1,\n\"\\u0061\\\"}\": 2}")
            .find("w.json:2: expected each key of an object once") == 0);
  CHECK(habits_error(workflow_of(kOne, "", R"({"id": "a", "runtimeInSeconds": 1, "x": [
    {"k": 1}, {"k": 2}, "k", "k", {"l": {"k": {}}, "k": "k"}]})")) == "accepted");
}

TEST_CASE("what is odd about a workflow is counted in one line") {
  CHECK(remark_of(workflow_of(kOne, "", R"({"id": "a", "runtimeInSeconds": 1})")).empty());
  const std::string three = kOne +
                            R"(, {"name": "b", "id": "b", "parents": [], "inputFiles": ["x"]},
                                 {"name": "c", "id": "c", "parents": ["b"]})";
  const std::string files =
      R"({"id": "x", "sizeInBytes": 1}, {"id": "y", "sizeInBytes": 1}, {"id": "z", "sizeInBytes": 1})";
  CHECK(remark_of(workflow_of(three, files, R"({"id": "a", "runtimeInSeconds": 0, "coreCount": 0},
    {"id": "b", "runtimeInSeconds": 0}, {"id": "c", "runtimeInSeconds": 2})")) ==
        "w.json: 1 of 3 tasks unconnected, 2 of 3 tasks without a run time, or with 0 s, "
        "1 of 3 tasks on 0 cores, taken as 1, 2 of 3 files that no task reads or writes, "
        "1 of 3 files read but written by no task");
}

}  // namespace wukong::wfformat
