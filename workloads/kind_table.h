// The kinds of tasks that a generator has made so far: tasks of the same name on blocks of the same
// shape share one. So a DAG of a million tasks has a handful of kinds.
#pragma once

#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "workloads/dag_builder.h"
#include "workloads/dense_kernels.h"

namespace wukong::workloads {

// The builder outlives the table.
class KindTable {
 public:
  explicit KindTable(DagBuilder& builder) : builder_(builder) {}

  // `name` outlives the table: a literal. make_cost() is called for the first of its kind.
  template <class MakeCost>
  KindId get(std::string_view name, const KindShape& shape, const MakeCost& make_cost) {
    const auto known = kinds_.find({name, shape});
    if (known != kinds_.end()) return known->second;
    const KindId kind = builder_.add_kind(name, make_cost(), shape);
    kinds_.emplace(std::pair(name, shape), kind);
    return kind;
  }

  // Fills a block with random numbers.
  KindId generate(int64_t rows, int64_t columns) {
    return get("generate", {rows, columns}, [&] {
      const double numbers = static_cast<double>(rows) * static_cast<double>(columns);
      // New pages are zeroed, then fetched and written.
      return kernel_cost(sim::Kernel::generate, numbers, 3 * matrix_bytes(rows, columns));
    });
  }

  // Takes a member of a tuple, or a slice of an array: a view, which costs nothing. Numbers lie
  // column by column; the part begins at number `first`, and `stride` numbers after each of its
  // columns begins the next.
  KindId getitem(int64_t first, int64_t stride, int64_t rows) {
    return get("getitem", {first, stride, rows}, [] { return sim::TaskCost{}; });
  }

 private:
  DagBuilder& builder_;
  std::map<std::pair<std::string_view, KindShape>, KindId> kinds_;
};

}  // namespace wukong::workloads
