#include "workloads/wfformat/wfformat.h"

#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/import_wfformat.h"
#include "test/support/test_data.h"
#include "workloads/dag/statistics.h"
#include "workloads/linear_algebra/tsqr.h"

namespace wukong::wfformat {
namespace {

using test::task_named;

// In 1.5: two tasks joined by a file and one by an edge alone, listed backwards.
const char* const kSmall = R"({
  "name": "small", "schemaVersion": "1.5", "author": {"name": "nobody"},
  "workflow": {
    "specification": {
      "tasks": [
        {"name": "merge", "id": "merge_2", "parents": ["split_1", "notify_3"], "children": [],
         "inputFiles": ["middle", "reference"], "outputFiles": ["result", "log"]},
        {"name": "split", "id": "split_1", "parents": [], "children": ["merge_2"],
         "inputFiles": ["input", "reference"], "outputFiles": ["middle"]},
        {"name": "notify", "id": "notify_3", "parents": [], "children": ["merge_2"]}
      ],
      "files": [
        {"id": "result", "sizeInBytes": 50}, {"id": "middle", "sizeInBytes": 20},
        {"id": "input", "sizeInBytes": 10}, {"id": "reference", "sizeInBytes": 1e3},
        {"id": "log", "sizeInBytes": 0}
      ]
    },
    "execution": {
      "makespanInSeconds": 9, "executedAt": "2020-01-01T00:00:00Z", "unknown": [1, {"x": null}],
      "tasks": [
        {"id": "split_1", "runtimeInSeconds": 1.5, "coreCount": 2, "memoryInBytes": 4096},
        {"id": "notify_3", "runtimeInSeconds": 0, "memoryInBytes": null},
        {"id": "merge_2", "runtimeInSeconds": 0.000000001, "avgCPU": 165.0}
      ]
    }
  }
})";

const char* const kFlatInstance = R"({
  "name": "flat", "schemaVersion": "1.4",
  "workflow": {
    "makespanInSeconds": 3, "executedAt": "2020-01-01T00:00:00Z",
    "tasks": [
      {"name": "split_1", "id": "ID1", "category": "split", "type": "compute", "parents": [],
       "files": [{"name": "input", "sizeInBytes": 10, "link": "input"},
                 {"name": "middle", "sizeInBytes": 20, "link": "output"}],
       "runtimeInSeconds": 1.5, "cores": 2, "memoryInBytes": 4096},
      {"name": "merge_2", "type": "compute", "parents": ["split_1"],
       "files": [{"name": "middle", "sizeInBytes": 20, "link": "input"},
                 {"name": "result", "sizeInBytes": 50, "link": "output"}],
       "runtimeInSeconds": 2}
    ]
  }
})";

void check_equal(const dag::Dag& a, const dag::Dag& b) {
  REQUIRE(a.task_count() == b.task_count());
  REQUIRE(a.object_count() == b.object_count());
  const auto equal = [](auto x, auto y) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end());
  };
  for (const TaskId task : a.tasks()) {
    CHECK(a.name(task) == b.name(task));
    CHECK(a.kind(task) == b.kind(task));
    CHECK(equal(a.predecessors(task), b.predecessors(task)));
    CHECK(equal(a.successors(task), b.successors(task)));
    CHECK(equal(a.inputs(task), b.inputs(task)));
    CHECK(a.outputs(task).size() == b.outputs(task).size());
    CHECK(a.cost(task).recorded == b.cost(task).recorded);
    CHECK(a.cost(task).threads == b.cost(task).threads);
    CHECK(a.cost(task).memory == b.cost(task).memory);
  }
  for (const ObjectId object : a.objects()) {
    CHECK(a.name(object) == b.name(object));
    CHECK(a.size(object).actual == b.size(object).actual);
    CHECK(a.producer(object) == b.producer(object));
    CHECK(equal(a.consumers(object), b.consumers(object)));
  }
}

// WfCommons' WfInstances, counted by another program; times to three digits.
struct Instance {
  const char* file;
  size_t tasks, edges, width, depth;
  double file_gigabytes, total_seconds, path_seconds;
};
const Instance kInstances[] = {
    {"helloworld-chain-5-chameleon", 5, 4, 1, 5, 0.1, 501, 501},
    {"helloworld-forkjoin-10-chameleon", 10, 16, 8, 3, 0.1, 1030, 307},
    {"srasearch-chameleon-10a-001", 22, 30, 11, 3, 10.69, 7000, 1010},
    {"sarek-dirt02-001", 26, 50, 9, 10, 0.09733, 393, 310},
    {"epigenomics-chameleon-hep-1seq-100k-001", 41, 48, 9, 9, 0.5639, 539, 105},
    {"blast-chameleon-small-001", 43, 120, 40, 3, 5.112, 383, 10.4},
    {"1000genome-chameleon-2ch-100k-001", 52, 76, 28, 3, 2.585, 2770, 205},
    {"cycles-chameleon-1l-1c-9p-001", 67, 97, 32, 4, 0.4694, 863, 163},
    {"seismology-chameleon-100p-001", 101, 100, 100, 2, 0.001592, 71.9, 2.84},
    {"montage-chameleon-2mass-01d-001", 103, 231, 45, 8, 0.439, 363, 21.1},
    {"bwa-chameleon-small-001", 104, 400, 100, 3, 0.0004378, 380, 91.4},
    {"montage-chameleon-2mass-03d-001", 748, 1992, 516, 8, 2.014, 1750, 31.1}};

void check_instance(const Instance& instance, const std::string& path) {
  INFO(instance.file);
  const dag::Dag dag = test::import_wfformat(path);
  const dag::DagShape shape = shape_of(dag);
  CHECK(shape.tasks == instance.tasks);
  CHECK(shape.edges == instance.edges);
  CHECK(shape.width == instance.width);
  CHECK(shape.depth == instance.depth);
  Bytes files;
  for (const ObjectId object : dag.objects()) files += dag.size(object).actual;
  CHECK(files.to_gigabytes() == Approx(instance.file_gigabytes).epsilon(0.0005));
  std::vector<Duration> times;
  for (const TaskId task : dag.tasks()) times.push_back(dag.cost(task).recorded);
  CHECK(dag::work_of(dag, times).work.to_seconds() ==
        Approx(instance.total_seconds).epsilon(0.005));
  CHECK(dag::work_of(dag, times).span.to_seconds() == Approx(instance.path_seconds).epsilon(0.005));

  check_equal(dag, parse_wfformat(export_wfformat(dag, {.name = instance.file}), "export"));
}

}  // namespace

TEST_CASE("a WfFormat 1.5 file becomes tasks, objects and edges, in whatever order it lists them") {
  const dag::Dag dag = parse_wfformat(kSmall, "small.json");
  REQUIRE(dag.task_count() == 3);
  CHECK(dag.edge_count() == 2);
  const TaskId split = task_named(dag, "split_1");
  const TaskId merge = task_named(dag, "merge_2");
  CHECK(dag.kind(split) == "split");
  CHECK(dag.predecessors(merge).size() == 2);
  CHECK(dag.leaves().size() == 2);
  CHECK(dag.cost(split).recorded == Duration::milliseconds(1500));
  CHECK(dag.cost(split).threads == 2);
  CHECK(dag.cost(split).memory == Bytes(4096));
  CHECK(dag.cost(merge).recorded == Duration::nanoseconds(1));
  CHECK(dag.cost(merge).threads == 1);
  CHECK(dag.cost(merge).memory == Bytes(0));
}

TEST_CASE("a file that no task writes is an initial object, and one that nobody reads a result") {
  const dag::Dag dag = parse_wfformat(kSmall, "small.json");
  const dag::DagShape shape = shape_of(dag);
  CHECK(shape.objects == 5);
  CHECK(shape.inputs.actual == Bytes(10 + 1000));
  CHECK(shape.intermediates.actual == Bytes(20));
  CHECK(shape.results.actual == Bytes(50));
  for (const ObjectId object : dag.objects())
    if (dag.name(object) == "reference") {
      CHECK_FALSE(dag.producer(object).valid());
      CHECK(dag.consumers(object).size() == 2);
    }
}

TEST_CASE("an edge without a file is kept") {
  const dag::Dag dag = parse_wfformat(kSmall, "small.json");
  const TaskId notify = task_named(dag, "notify_3");
  REQUIRE(dag.successors(notify).size() == 1);
  CHECK(dag.name(dag.successors(notify).front()) == "merge_2");
  CHECK(dag.outputs(notify).empty());
}

TEST_CASE("an edge that only a list of children names is an edge") {
  std::string text = kSmall;
  text.replace(text.find(R"(["split_1", "notify_3"])"), 23, R"(["split_1"])");
  CHECK(parse_wfformat(text, "small.json").edge_count() == 2);
}

TEST_CASE("without measurements the tasks take no time") {
  std::string text = kSmall;
  const size_t begin = text.find(",\n    \"execution\"");
  text.replace(begin, text.rfind("]\n    }") + 7 - begin, "");
  const dag::Dag dag = parse_wfformat(text, "small.json");
  CHECK(dag.task_count() == 3);
  CHECK(dag.cost(task_named(dag, "split_1")).recorded == Duration::zero());
}

TEST_CASE("a WfFormat 1.4 file becomes the same kind of DAG") {
  const dag::Dag dag = parse_wfformat(kFlatInstance, "flat.json");
  REQUIRE(dag.task_count() == 2);
  CHECK(dag.edge_count() == 1);
  const TaskId split = task_named(dag, "split_1");
  CHECK(dag.kind(split) == "split");
  CHECK(dag.cost(split).recorded == Duration::milliseconds(1500));
  CHECK(dag.cost(split).threads == 2);
  CHECK(dag.cost(split).memory == Bytes(4096));
  CHECK(dag.kind(task_named(dag, "merge_2")) == "merge_2");
  CHECK(shape_of(dag).inputs.actual == Bytes(10));
  CHECK(shape_of(dag).intermediates.actual == Bytes(20));
  CHECK(shape_of(dag).results.actual == Bytes(50));
}

TEST_CASE("importing an export gives the same DAG") {
  for (const char* text : {kSmall, kFlatInstance}) {
    const dag::Dag dag = parse_wfformat(text, "original");
    const std::string exported = export_wfformat(dag, {.name = "a \"quoted\" name"});
    const dag::Dag again = parse_wfformat(exported, "export");
    check_equal(dag, again);
    CHECK(export_wfformat(again, {.name = "a \"quoted\" name"}) == exported);
  }
}

TEST_CASE("a generated DAG is exported with the run times of a host") {
  const dag::Dag dag = linear_algebra::make_tsqr({.rows = 4096, .columns = 16, .block_rows = 512},
                                                 dag::DagForm::dask);
  hosts::ComputeSpec compute;
  compute.gflops_per_vcpu.fill(1);
  compute.memory_bandwidth = Bandwidth::mebi_per_second(10'000);
  const std::vector<Duration> times = dag::task_times(dag, compute, 1);
  const dag::Dag again =
      parse_wfformat(export_wfformat(dag, {.name = "tsqr", .run_times = times}), "export");
  REQUIRE(again.task_count() == dag.task_count());
  CHECK(again.edge_count() == dag.edge_count());
  for (const TaskId task : dag.tasks()) {
    CHECK(again.name(task) == dag.name(task));
    CHECK(again.cost(task).recorded == times[task.index()]);
  }
}

TEST_CASE("recorded workflows have the tasks, edges, levels, bytes and times that were counted") {
  for (size_t i = 0; i < 3; ++i)
    check_instance(kInstances[i],
                   test::test_data(std::string("wfinstances/") + kInstances[i].file + ".json"));
}

TEST_CASE("all shared recorded workflows agree with their table") {
  for (const Instance& instance : kInstances) {
    const auto path = test::shared_data(std::string("wfinstances/") + instance.file + ".json");
    if (!path) {
      WARN("skipped: no file " << instance.file << " in the shared folder");
      continue;
    }
    check_instance(instance, *path);
  }
}

TEST_CASE("a recorded task's command is its program and its arguments, as the file has them") {
  const auto commands = wfformat_commands(
      test::wfformat_parameters(test::test_data("wfinstances/srasearch-chameleon-10a-001.json")));
  CHECK(commands.size() == 22);
  CHECK(commands.at("fasterq-dump_ID0000002") ==
        std::vector<std::string>{"fasterq-dump", "--split-files", "SRR3152141"});
}

}  // namespace wukong::wfformat
