#include "scheduler/dask/common/rental.h"

#include <algorithm>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"

namespace wukong::dask_common {
namespace {

// Leaf tasks and objects that were persisted: what can be worked on side by side.
size_t partitions(const dag::Dag& dag) {
  size_t persisted = 0;
  for (const ObjectId object : dag.objects())
    if (!dag.producer(object).valid()) ++persisted;
  return std::max(persisted, dag.leaves().size());
}

}  // namespace

void DaskRental::visit(FieldVisitor& v) {
  v.field("worker_machine", machine);
  v.field("machines", machines, kMachines);
  v.field("workers_per_machine", workers_per_machine,
          Bounds{1, 100, "more workers than vCPUs only take memory"});
  v.field("bill_all_machines", bill_all);
  v.field("partitions_per_machine", partitions_per_machine, kCount);
}

int64_t DaskRental::billed_machines(const dag::Dag& dag) const {
  if (bill_all) return machines;
  const auto used = static_cast<int64_t>(partitions(dag));
  const int64_t whole = (used + partitions_per_machine - 1) / partitions_per_machine;
  return std::clamp<int64_t>(whole, 1, machines);
}

}  // namespace wukong::dask_common
