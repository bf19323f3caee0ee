#include "workloads/generators/tree_reduction.h"

#include <vector>

#include "sim/base/check.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/dense_kernels.h"
#include "workloads/dag/task_limit.h"

namespace wukong::generators {

void TreeReductionParameters::visit(FieldVisitor& v) {
  v.about("Numbers that are added").field("elements", elements, {2, 1e8});
  v.about("How long each addition sleeps").duration("delay_ms", delay, {0, 1e9});
  v.about("The size of a sum").bytes("value_bytes", value, {0, 1e12});
}

dag::Dag make_tree_reduction(const TreeReductionParameters& parameters, dag::DagForm) {
  ENSURE(parameters.elements >= 2, parameters.elements);
  dag::check_task_count("workload.tree_reduction.elements",
                        static_cast<double>(parameters.elements) - 1);
  const auto elements = static_cast<size_t>(parameters.elements);
  dag::DagBuilder builder;
  builder.reserve(elements - 1, elements - 1, elements - 1);
  hosts::TaskCost cost = dag::kernel_cost(hosts::Kernel::add, 1, 3 * parameters.value);
  cost.sleep = parameters.delay;
  const dag::KindId add = builder.add_kind("add", cost);
  const ObjectSize value = dag::as_declared(parameters.value);

  std::vector<ObjectId> level;
  level.reserve(elements / 2 + 1);
  for (size_t i = 0; i < elements / 2; ++i) level.push_back(builder.compute(add, {}, value));
  if (elements % 2 == 1) level.push_back(ObjectId::none());  // a literal that is carried up
  while (level.size() > 1) {
    size_t sums = 0;
    for (size_t i = 0; i + 1 < level.size(); i += 2) {
      const bool literal = !level[i + 1].valid();
      level[sums++] = literal ? builder.compute(add, {level[i]}, value)
                              : builder.compute(add, {level[i], level[i + 1]}, value);
    }
    if (level.size() % 2 == 1) level[sums++] = level.back();
    level.resize(sums);
  }
  return builder.build();
}

}  // namespace wukong::generators
