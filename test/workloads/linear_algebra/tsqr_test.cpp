#include "workloads/linear_algebra/tsqr.h"

#include <cstdio>
#include <map>

#include "sim/base/error.h"
#include "test/catch.h"
#include "test/workloads/dag_facts.h"
#include "workloads/dag/dense_kernels.h"
#include "workloads/dag/statistics.h"

namespace wukong::linear_algebra {
namespace {

using test::tasks_by_kind;

std::string gigabytes(Bytes bytes, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, bytes.to_gigabytes());
  return text;
}

dag::Dag tsqr(int64_t rows, int64_t columns, int64_t block_rows, dag::DagForm form) {
  return make_unfused_tsqr({.rows = rows, .columns = columns, .block_rows = block_rows}, form);
}

}  // namespace

TEST_CASE("numpywren's TSQR of N blocks has 2N-1 tasks, 2N-2 edges and ceil(log2 N)+1 levels") {
  for (int64_t blocks = 1; blocks <= 130; ++blocks) {
    const dag::DagShape shape = shape_of(tsqr(blocks * 32, 4, 32, dag::DagForm::numpywren));
    size_t levels = 1;
    while ((int64_t{1} << (levels - 1)) < blocks) ++levels;
    INFO("N = " << blocks);
    CHECK(shape.tasks == static_cast<size_t>(2 * blocks - 1));
    CHECK(shape.edges == static_cast<size_t>(2 * blocks - 2));
    CHECK(shape.depth == levels);
    CHECK(shape.leaves == static_cast<size_t>(blocks));
    CHECK(shape.sinks == 1);
    CHECK(shape.objects == static_cast<size_t>(blocks + 3 * (2 * blocks - 1)));
  }
}

// With s = 8192 rows and w = 128 columns in a block, N leaves: nominal reads are 8 s w (N + 2
// (N-1)) and nominal writes 8 (2 (2s * s) + s w) (2N-1). Actual reads are 8 s w N + 16 w^2 (N-1),
// actual writes 8 (s w + 2 w^2) N + 8 * 4 w^2 (N-1).
TEST_CASE("numpywren's TSQR bytes are those that its counters and its store saw") {
  struct Row {
    int log2_rows;
    const char *read, *written;
    int read_decimals, written_decimals;
    const char *actual_read, *actual_written;
    int actual_read_decimals, actual_written_decimals;
  };
  const Row rows[] = {{20, "3.20", "549.7", 2, 1, "1.11", "1.17", 2, 2},
                      {21, "6.43", "1101.7", 2, 1, "2.21", "2.35", 2, 2},
                      {22, "12.87", "2205.5", 2, 1, "4.43", "4.70", 2, 2},
                      {23, "25.75", "4413", 2, 0, "8.86", "9.39", 2, 2},
                      {24, "51.5", "8828", 1, 0, "17.7", "18.8", 1, 1}};
  for (const Row& row : rows) {
    const int64_t leaves = (int64_t{1} << row.log2_rows) / 8192;
    // The default block height is 8192 for each of these.
    const dag::DagShape shape = shape_of(make_unfused_tsqr(
        {.rows = int64_t{1} << row.log2_rows, .columns = 128}, dag::DagForm::numpywren));
    INFO("rows = 2^" << row.log2_rows);
    CHECK(shape.tasks == static_cast<size_t>(2 * leaves - 1));
    CHECK(gigabytes(shape.reads.nominal, row.read_decimals) == row.read);
    CHECK(gigabytes(shape.writes.nominal, row.written_decimals) == row.written);
    CHECK(gigabytes(shape.reads.actual, row.actual_read_decimals) == row.actual_read);
    CHECK(gigabytes(shape.writes.actual, row.actual_written_decimals) == row.actual_written);
    CHECK(shape.reads.nominal == Bytes(8 * 8192 * 128 * (leaves + 2 * (leaves - 1))));
    CHECK(shape.writes.actual ==
          Bytes(8 * (8192 * 128 + 2 * 128 * 128) * leaves + 8 * 4 * 128 * 128 * (leaves - 1)));
  }
}

TEST_CASE("numpywren's factorisations do 2 s w^2 - 2/3 w^3 and 10/3 w^3 flops") {
  const dag::Dag dag = tsqr(2 * 8192, 128, 8192, dag::DagForm::numpywren);
  const double w = 128;
  CHECK(dag.cost(TaskId(0)).flops == Approx(2 * 8192 * w * w - 2 * w * w * w / 3).epsilon(1e-12));
  CHECK(dag.cost(TaskId(2)).flops == Approx(10 * w * w * w / 3).epsilon(1e-12));
  CHECK(dag.cost(TaskId(2)).kernel == hosts::Kernel::qr);
  CHECK(dag.outputs(TaskId(0)).size() == 3);
  // The R of a leaf is what the next task reads, and what it moves is w x w.
  const ObjectId r = dag.inputs(TaskId(2)).front();
  CHECK(dag.producer(r) == TaskId(0));
  CHECK(dag.size(r).actual == Bytes(8 * 128 * 128));
  CHECK(dag.size(r).nominal == Bytes(8 * 8192 * 128));
}

TEST_CASE("Dask's TSQR stacks all R's at once if they fit into a block's height") {
  // P w = 64 * 128 = 8192 = block rows: no recursion. Tasks 2P + 3, edges P + P + 2, and
  // qr, getitem, stack, qr, getitem in depth.
  const dag::Dag dag = tsqr(64 * 8192, 128, 8192, dag::DagForm::dask);
  const dag::DagShape shape = shape_of(dag);
  CHECK(shape.tasks == 2 * 64 + 3);
  CHECK(shape.edges == 64 + 64 + 2);
  CHECK(shape.depth == 5);
  CHECK(shape.leaves == 64);
  CHECK(shape.inputs.actual == Bytes(8 * 64 * 8192 * 128));
  CHECK(shape.results.actual == Bytes(8 * 128 * 128));
}

TEST_CASE("Dask's TSQR of 512 blocks stacks 8 groups of 64 R's, then those") {
  const dag::Dag dag = tsqr(512 * 8192, 128, 8192, dag::DagForm::dask);
  const dag::DagShape shape = shape_of(dag);
  const auto kinds = tasks_by_kind(dag);
  CHECK(kinds.at("stack") == 8 + 1);
  CHECK(kinds.at("qr") == 512 + 8 + 1);
  CHECK(kinds.at("getitem") == 512 + 8 + 1);
  CHECK(shape.tasks == 2 * 512 + 3 * 8 + 3);
  // qr -> getitem of each block, 512 -> 8 stacks, 2 in each group, 8 -> 1 stack, 2 in the last.
  CHECK(shape.edges == 512 + 512 + 2 * 8 + 8 + 2);
  CHECK(shape.depth == 2 + 3 + 3);
  std::vector<size_t> fan_ins;
  for (const TaskId task : dag.tasks())
    if (dag.kind(task) == "stack") fan_ins.push_back(dag.predecessors(task).size());
  CHECK(fan_ins == std::vector<size_t>{64, 64, 64, 64, 64, 64, 64, 64, 8});
  // Consecutive R's: the first stack reads those of blocks 0 to 63.
  for (const TaskId task : dag.tasks())
    if (dag.kind(task) == "stack") {
      CHECK(dag.predecessors(task).front() == TaskId(1));
      CHECK(dag.predecessors(task).back() == TaskId(2 * 64 - 1));
      CHECK(dag.size(dag.outputs(task).front()).actual == Bytes(8 * 64 * 128 * 128));
      break;
    }
}

TEST_CASE("Dask's TSQR recurses as often as the R's demand") {
  // Two R's fit into a block: 1000 -> 500 -> 250 -> 125 -> 63 -> 32 -> 16 -> 8 -> 4 -> 2 groups,
  // and one last stack. Each level of g groups adds 3 g tasks.
  const dag::DagShape shape = shape_of(tsqr(1000 * 8, 4, 8, dag::DagForm::dask));
  const size_t groups = 500 + 250 + 125 + 63 + 32 + 16 + 8 + 4 + 2;
  CHECK(shape.tasks == 2 * 1000 + 3 * groups + 3);
  CHECK(shape.depth == 2 + 3 * 9 + 3);
  // A block that is not twice as high as wide cannot hold two R's: one stack of all.
  const dag::DagShape flat = shape_of(tsqr(1000 * 7, 4, 7, dag::DagForm::dask));
  CHECK(flat.tasks == 2 * 1000 + 3);
  CHECK(flat.depth == 5);
}

TEST_CASE("Dask's Q and R are one object, and getitem takes R out of it for nothing") {
  const dag::Dag dag = tsqr(2 * 1024, 32, 1024, dag::DagForm::dask);
  REQUIRE(dag.kind(TaskId(0)) == "qr");
  CHECK(dag.size(dag.outputs(TaskId(0)).front()).actual == Bytes(8 * (1024 * 32 + 32 * 32)));
  REQUIRE(dag.kind(TaskId(1)) == "getitem");
  CHECK(dag.size(dag.outputs(TaskId(1)).front()).actual == Bytes(8 * 32 * 32));
  CHECK(dag.cost(TaskId(1)).flops == 0);
  CHECK(dag.cost(TaskId(1)).touched == Bytes(0));
}

TEST_CASE("numpy's QR moves its block three times more, in whole lines where columns collide") {
  // 96 doubles are 768 B, 64 are 512.
  const Bytes lapack(12 * 4096 * 96 * 96);
  CHECK(tsqr(8192, 96, 4096, dag::DagForm::dask).cost(TaskId(0)).touched ==
        lapack + Bytes(3 * 16 * 4096 * 96));
  CHECK(tsqr(8192, 64, 4096, dag::DagForm::dask).cost(TaskId(0)).touched ==
        Bytes(12 * 4096 * 64 * 64 + 3 * 128 * 4096 * 64));
  // numpywren calls LAPACK itself.
  CHECK(tsqr(8192, 96, 4096, dag::DagForm::numpywren).cost(TaskId(0)).touched == lapack);
}

TEST_CASE("input that is not persisted is generated by a leaf for each block") {
  const dag::Dag persisted = tsqr(16 * 512, 16, 512, dag::DagForm::dask);
  const dag::Dag generated = make_unfused_tsqr(
      {.rows = 16 * 512, .columns = 16, .block_rows = 512, .persisted_input = false},
      dag::DagForm::dask);
  CHECK(tasks_by_kind(generated)["generate"] == 16);
  CHECK(generated.task_count() == persisted.task_count() + 16);
  CHECK(generated.edge_count() == persisted.edge_count() + 16);
  CHECK(shape_of(generated).inputs.actual == Bytes(0));
  CHECK(shape_of(persisted).inputs.actual == Bytes(8 * 16 * 512 * 16));
}

TEST_CASE("the last block of a matrix may be lower than the others") {
  // 2 blocks of 100 rows and one of 3, which is lower than wide: its R is 3 x 8.
  for (const dag::DagForm form : {dag::DagForm::dask, dag::DagForm::numpywren}) {
    const dag::Dag dag = tsqr(203, 8, 100, form);
    CHECK(shape_of(dag).inputs.actual == Bytes(8 * 203 * 8));
    size_t low_factors = 0;
    for (const ObjectId object : dag.objects())
      low_factors += dag.size(object).actual == Bytes(8 * 3 * 8) && dag.producer(object).valid();
    CHECK(low_factors == 1);
  }
  // The stack of Dask's form is 8 + 8 + 3 rows high.
  const dag::Dag dag = tsqr(203, 8, 100, dag::DagForm::dask);
  for (const TaskId task : dag.tasks())
    if (dag.kind(task) == "stack")
      CHECK(dag.size(dag.outputs(task).front()).actual == Bytes(8 * 19 * 8));
}

TEST_CASE("blocks are 8192 rows high by default, doubled until there are at most 4096") {
  CHECK(default_block_rows(1) == 8192);
  CHECK(default_block_rows(4096 * 8192) == 8192);
  CHECK(default_block_rows(4096 * 8192 + 1) == 16384);
  CHECK(default_block_rows(67'108'864) == 16384);  // the papers' largest
}

TEST_CASE("more blocks than any DAG should have are an error that names the parameter") {
  try {
    tsqr(1'000'000'000, 1, 1, dag::DagForm::dask);
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.place().key == "workload.tsqr.block_rows");
    CHECK(std::string(error.what()).find("1000000000") != std::string::npos);
  }
}

}  // namespace wukong::linear_algebra
