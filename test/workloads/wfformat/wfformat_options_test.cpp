// What an import changes, and the older form of the format.
#include "test/catch.h"
#include "test/workloads/own_dags/own_dag.h"
#include "workloads/wfformat/wfformat.h"

namespace wukong::wfformat {
namespace {

std::string with_all_replaced(std::string text, const std::string& what, const std::string& with) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

// Flat, in 1.4.
const std::string kFlatOnMachine = R"({
  "name": "flat", "schemaVersion": "1.4",
  "workflow": {
    "machines": [{"nodeName": "fast", "cpu": {"count": 8, "speed": 3000}}],
    "tasks": [
      {"name": "a", "type": "compute", "parents": [], "machine": "fast",
       "files": [{"name": "x", "sizeInBytes": 20, "link": "output"}],
       "runtimeInSeconds": 1.5, "cores": 2, "memoryInBytes": 4096},
      {"name": "b", "type": "compute", "parents": ["a"],
       "files": [{"name": "x", "sizeInBytes": 20, "link": "input"}], "runtimeInSeconds": 2}
    ]
  }
})";

const std::string kRecorded = R"({
  "name": "w", "schemaVersion": "1.6",
  "workflow": {
    "specification": {
      "tasks": [
        {"name": "a", "id": "a", "parents": [], "children": ["b"], "outputFiles": ["x"]},
        {"name": "b", "id": "b", "parents": ["a"], "children": [], "inputFiles": ["x", "y"]}
      ],
      "files": [{"id": "x", "sizeInBytes": 20}]
    },
    "execution": {
      "makespanInSeconds": 3, "executedAt": "2020-01-01T00:00:00Z",
      "machines": [{"nodeName": "fast", "cpu": {"speedInMHz": 3000}}],
      "tasks": [
        {"id": "a", "runtimeInSeconds": 1, "coreCount": 4, "memoryInBytes": 77, "machines": ["fast"]},
        {"id": "b", "runtimeInSeconds": 2}
      ]
    }
  }
})";

dag::Dag imported(const std::string& text, const ImportOptions& options) {
  return parse_wfformat(text, "w.json", InPlaceFiles::error, options);
}

}  // namespace

TEST_CASE("WfFormat 1.3 is 1.4 with keys that have no unit, and memory in units of 1,024 bytes") {
  std::string older = with_all_replaced(kFlatOnMachine, "\"1.4\"", "\"1.3\"");
  older = with_all_replaced(older, "sizeInBytes", "size");
  older = with_all_replaced(older, "runtimeInSeconds", "runtime");
  older = with_all_replaced(older, "\"memoryInBytes\": 4096", "\"memory\": 4");
  CHECK(test::everything_of(parse_wfformat(older, "w.json")) ==
        test::everything_of(parse_wfformat(kFlatOnMachine, "w.json")));
}

TEST_CASE("an import scales times, and the machines' clocks where the file tells them") {
  const dag::Dag flat = imported(kFlatOnMachine, {.runtime_scale = 0.25, .machine_mhz = 1500});
  CHECK(flat.cost(TaskId(0)).recorded == Duration::from_seconds(0.75));
  CHECK(flat.cost(TaskId(1)).recorded == Duration::from_seconds(0.5));
  REQUIRE(flat.remarks().size() == 1);
  CHECK(flat.remarks()[0] == "w.json: 1 of 2 tasks on machines of unknown clock, whose times stay");
  const dag::Dag newer = imported(kRecorded, {.machine_mhz = 1500, .missing_size = Bytes(5)});
  CHECK(newer.cost(TaskId(0)).recorded == Duration::from_seconds(2));
  CHECK(newer.cost(TaskId(1)).recorded == Duration::from_seconds(2));
}

TEST_CASE("an import sets cores, leaves memory out, and gives files a size that have none") {
  CHECK_THROWS_WITH(
      imported(kRecorded, {}),
      "w.json:7: workflow.specification.tasks[1].inputFiles[1]: expected a file of "
      "workflow.specification.files (missing_size_bytes makes up for it), found \"y\"");
  const dag::Dag dag =
      imported(kRecorded, {.cores = 2, .ignore_memory = true, .missing_size = Bytes(5)});
  CHECK(dag.cost(TaskId(0)).threads == 2);
  CHECK(dag.cost(TaskId(1)).threads == 2);
  CHECK(dag.cost(TaskId(0)).memory == Bytes(0));
  const ObjectId missing = dag.inputs(TaskId(1)).back();
  CHECK(dag.name(missing) == "y");
  CHECK(dag.size(missing).actual == Bytes(5));
  REQUIRE(dag.remarks().size() == 1);
  CHECK(dag.remarks()[0] ==
        "w.json: 1 of 2 files without a size, taken as missing_size_bytes, 1 of 2 files read but "
        "written by no task");
}

}  // namespace wukong::wfformat
