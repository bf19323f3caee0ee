#include "workloads/linear_algebra/tiled_qr.h"

#include "sim/base/error.h"
#include "test/catch.h"
#include "test/workloads/dag_facts.h"
#include "test/workloads/reference_dag.h"
#include "workloads/dag/statistics.h"
#include "workloads/linear_algebra/orthogonal_factorisations.h"

namespace wukong::linear_algebra {
namespace {

using test::BlockName;
using test::ReferenceDag;

int tree_levels(int m) {
  int levels = 0;
  while ((1 << levels) < m) ++levels;
  return levels;
}

// The tasks of a binary tree over m blocks.
size_t tree_tasks(int m) {
  size_t tasks = 0;
  for (int level = 1; level <= tree_levels(m); ++level)
    tasks += static_cast<size_t>((m + (1 << level) - 1) / (1 << level));
  return tasks;
}

// The reference names every version of a block: {'S', row, column, version}. It works on a whole
// level at a time: first all factorisations of the panel, then what follows from them.
class ReferencePanels {
 public:
  explicit ReferencePanels(int n) : n_(n), version_(static_cast<size_t>(n * n)) {}

  void eliminate(int panel, int first, bool transposed) {
    ++step_;
    for (int i = first; i < n_; ++i)
      dag_.task({block(i, panel, transposed)}, {reflector(i, 0), triangle(i, 0)});
    for (int j = panel + 1; j < n_; ++j)
      for (int i = first; i < n_; ++i) rewrite(reflector(i, 0), {i}, j, transposed);
    for (int level = 1; level <= tree_levels(n_ - first); ++level) {
      const int half = 1 << (level - 1);
      for (int i = first; i < n_; i += 2 * half) {
        std::vector<BlockName> triangles = {triangle(i, level - 1)};
        if (i + half < n_) triangles.push_back(triangle(i + half, level - 1));
        dag_.task(triangles, {reflector(i, level), triangle(i, level)});
        for (int j = panel + 1; j < n_; ++j)
          rewrite(reflector(i, level),
                  i + half < n_ ? std::vector<int>{i, i + half} : std::vector<int>{i}, j,
                  transposed);
      }
    }
  }

  void copy(int row, int column) { dag_.task({block(row, column, false)}, {}); }
  const ReferenceDag& dag() const { return dag_; }

 private:
  BlockName block(int i, int j, bool transposed) {
    return transposed ? block(j, i, false) : BlockName{'S', i, j, version(i, j)};
  }
  int& version(int i, int j) { return version_[static_cast<size_t>(i * n_ + j)]; }
  BlockName reflector(int i, int level) const { return {'V', step_, i, level}; }
  BlockName triangle(int i, int level) const { return {'R', step_, i, level}; }
  void rewrite(const BlockName& by, const std::vector<int>& lines, int j, bool transposed) {
    std::vector<BlockName> reads = {by};
    for (const int i : lines) reads.push_back(block(i, j, transposed));
    for (const int i : lines) ++(transposed ? version(j, i) : version(i, j));
    std::vector<BlockName> writes;
    for (const int i : lines) writes.push_back(block(i, j, transposed));
    dag_.task(reads, writes);
  }

  int n_;
  int step_ = 0;
  std::vector<int> version_;
  ReferenceDag dag_;
};

ReferenceDag reference_qr(int n) {
  ReferencePanels panels(n);
  for (int k = 0; k < n; ++k) {
    panels.eliminate(k, k, false);
    for (int j = k + 1; j < n; ++j) panels.copy(k, j);
  }
  return panels.dag();
}

ReferenceDag reference_bdfac(int n) {
  ReferencePanels panels(n);
  for (int k = 0; k < n; ++k) {
    panels.eliminate(k, k, false);
    if (k + 1 < n) panels.eliminate(k, k + 1, true);
  }
  return panels.dag();
}

void check_equal(const dag::DagShape& shape, const ReferenceDag& expected) {
  CHECK(shape.tasks == expected.tasks());
  CHECK(shape.edges == expected.edges());
  CHECK(shape.depth == expected.depth());
}

dag::Dag qr(int64_t blocks) { return make_qr({.n = blocks * 4096}); }
dag::Dag bdfac(int64_t blocks) { return make_bdfac({.n = blocks * 4096}); }

}  // namespace

TEST_CASE("QR has the counts that were taken from numpywren's code") {
  struct Case {
    int64_t n;
    size_t tasks, edges, depth;
  };
  for (const auto [n, tasks, edges, depth] :
       {Case{2, 8, 9, 4}, Case{4, 59, 99, 12}, Case{8, 426, 859, 32}, Case{16, 3138, 6987, 80}}) {
    INFO("n = " << n);
    const dag::DagShape shape = shape_of(qr(n));
    CHECK(shape.tasks == tasks);
    CHECK(shape.edges == edges);
    CHECK(shape.depth == depth);
  }
  CHECK(qr(32).task_count() == 23'734);
  CHECK(qr(64).task_count() == 183'334);
}

TEST_CASE("a QR panel of m blocks makes m^2 + m T(m) + (m - 1) tasks") {
  for (int n = 1; n <= 20; ++n) {
    size_t tasks = 0;
    for (size_t m = 1; m <= static_cast<size_t>(n); ++m)
      tasks += m * m + m * tree_tasks(static_cast<int>(m)) + (m - 1);
    CHECK(qr(n).task_count() == tasks);
  }
}

TEST_CASE("BDFAC has the counts that were taken from numpywren's code") {
  struct Case {
    int64_t n;
    size_t tasks;
  };
  for (const auto [n, tasks] :
       {Case{4, 88}, Case{8, 730}, Case{16, 5782}, Case{32, 45'470}, Case{64, 358'606}})
    CHECK(bdfac(n).task_count() == tasks);
}

TEST_CASE("a BDFAC step makes m (m + T(m)) tasks for its column and m (m-1 + T(m-1)) for its row") {
  for (int n = 1; n <= 20; ++n) {
    size_t tasks = 1;
    for (size_t m = 2; m <= static_cast<size_t>(n); ++m) {
      const int blocks = static_cast<int>(m);
      tasks += m * (m + tree_tasks(blocks)) + m * (m - 1 + tree_tasks(blocks - 1));
    }
    CHECK(bdfac(n).task_count() == tasks);
  }
}

TEST_CASE("QR and BDFAC are the DAGs of programs that are written down naively") {
  for (int n = 1; n <= 13; ++n) {
    INFO("n = " << n);
    check_equal(shape_of(qr(n)), reference_qr(n));
    check_equal(shape_of(bdfac(n)), reference_bdfac(n));
  }
}

TEST_CASE("the tasks of a tiled QR read and write as many blocks as numpywren's kernels") {
  const dag::Dag dag = qr(4);
  struct Case {
    const char* kind;
    size_t reads, writes;
    double flops_per_cube;
  };
  const double cube = 4096.0 * 4096.0 * 4096.0;
  for (const auto& [kind, reads, writes, flops] :
       {Case{"qr_factor", 1, 3, 4.0 / 3}, Case{"qr_factor_triangular", 2, 3, 1},
        Case{"qr_leaf", 3, 1, 6}, Case{"qr_trailing", 4, 2, 6}, Case{"identity", 1, 1, 0}}) {
    INFO(kind);
    const TaskId task = test::tasks_of_kind(dag, kind).front();
    CHECK(dag.inputs(task).size() == reads);
    CHECK(dag.outputs(task).size() == writes);
    CHECK(dag.cost(task).flops / cube == Approx(flops));
    for (const ObjectId output : dag.outputs(task)) {
      CHECK(dag.size(output).actual == Bytes(int64_t{8} * 4096 * 4096));
      CHECK(dag.size(output).nominal == Bytes(int64_t{8} * 4096 * 4096));
    }
  }
}

TEST_CASE("BDFAC alternates columns and rows: an LQ waits for the QR, the next QR for the LQ") {
  const dag::Dag dag = bdfac(3);
  auto kinds = test::tasks_by_kind(dag);
  CHECK(kinds["qr_factor"] == 3 + 2 + 1);
  CHECK(kinds["lq_factor"] == 2 + 1);
  const TaskId first_lq = test::tasks_of_kind(dag, "lq_factor").front();
  CHECK(dag.kind(dag.predecessors(first_lq).front()) == "qr_trailing");
  const TaskId second_qr = test::tasks_of_kind(dag, "qr_factor")[3];
  CHECK(dag.kind(dag.predecessors(second_qr).front()) == "lq_trailing");
}

TEST_CASE("a tiled QR's last blocks are smaller, and its declared sizes are not") {
  const dag::Dag dag = make_qr({.n = 25, .block = 10});
  const TaskId factor = test::tasks_of_kind(dag, "qr_factor")[2];  // of block (2, 0), 5 x 10
  CHECK(test::input_sizes(dag, factor) == std::vector<int64_t>{400});
  CHECK(test::output_sizes(dag, factor) == std::vector<int64_t>{8 * 25, 8 * 25, 8 * 50});
  for (const ObjectId output : dag.outputs(factor)) CHECK(dag.size(output).nominal == Bytes(800));
  // The last panel is the block (2, 2), 5 x 5.
  const TaskId last = test::tasks_of_kind(dag, "qr_factor").back();
  CHECK(test::output_sizes(dag, last) == std::vector<int64_t>{200, 200, 200});
  CHECK(shape_of(dag).inputs.actual == Bytes(8 * 25 * 25));
  CHECK(shape_of(dag).inputs.nominal == Bytes(8 * 30 * 30));
}

TEST_CASE("a QR or BDFAC of too many blocks is an error that names the parameter") {
  const auto key_of_error = [](auto make) {
    try {
      make({.n = 1'000'000, .block = 100}, dag::DagForm::numpywren);
    } catch (const Error& error) {
      return error.place().key;
    }
    return std::string("no error");
  };
  CHECK(key_of_error([](SquareMatrixParameters p, dag::DagForm form) {
          return make_qr(p, form);
        }) == "workload.qr.block");
  CHECK(key_of_error([](SquareMatrixParameters p, dag::DagForm form) {
          return make_bdfac(p, form);
        }) == "workload.bdfac.block");
}

}  // namespace wukong::linear_algebra
