// The kinds of tasks that a generator has made so far: tasks of the same name on blocks of the same
// shape share one. So a DAG of a million tasks has a handful of kinds.
#pragma once

#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "workloads/dag/dag_builder.h"
#include "workloads/dag/dense_kernels.h"

namespace wukong::linear_algebra {

// The builder outlives the table.
class KindTable {
 public:
  explicit KindTable(dag::DagBuilder& builder) : builder_(builder) {}

  // `name` outlives the table: a literal. make_cost() is called for the first of its kind.
  template <class MakeCost>
  dag::KindId get(std::string_view name, const dag::KindShape& shape, const MakeCost& make_cost) {
    const auto known = kinds_.find({name, shape});
    if (known != kinds_.end()) return known->second;
    const dag::KindId kind = builder_.add_kind(name, make_cost(), shape);
    kinds_.emplace(std::pair(name, shape), kind);
    return kind;
  }

  // Fills a block with random numbers.
  dag::KindId generate(int64_t rows, int64_t columns) {
    return get("generate", {rows, columns}, [&] {
      const double numbers = static_cast<double>(rows) * static_cast<double>(columns);
      // New pages are zeroed, then fetched and written.
      return dag::kernel_cost(hosts::Kernel::generate, numbers,
                              3 * dag::matrix_bytes(rows, columns));
    });
  }

  // Takes a member of a tuple, or a slice of an array: a view, which costs nothing. Numbers lie
  // column by column; the part begins at number `first`, and `stride` numbers after each of its
  // columns begins the next.
  dag::KindId getitem(int64_t first, int64_t stride, int64_t rows) {
    return get("getitem", {first, stride, rows}, [] { return hosts::TaskCost{}; });
  }

 private:
  dag::DagBuilder& builder_;
  std::map<std::pair<std::string_view, dag::KindShape>, dag::KindId> kinds_;
};

}  // namespace wukong::linear_algebra
