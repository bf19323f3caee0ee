#include "scheduler/wukong/decisions/read_order.h"

#include <algorithm>

#include "sim/base/random.h"
#include "workloads/dag/dag.h"

namespace wukong::wukong_decisions {

ReadOrder::ReadOrder(const dag::Dag& dag, RandomStream random)
    : dag_(dag), addresses_(dag.object_count()) {
  for (uint32_t& address : addresses_) address = static_cast<uint32_t>(random.next() >> 32);
}

std::vector<ObjectId> ReadOrder::of(TaskId task) const {
  const auto inputs = dag_.inputs(task);
  std::vector<ObjectId> order(inputs.begin(), inputs.end());
  std::sort(order.begin(), order.end(), [this](ObjectId a, ObjectId b) {
    const uint32_t first = addresses_[a.index()];
    const uint32_t second = addresses_[b.index()];
    return first != second ? first < second : a < b;
  });
  return order;
}

}  // namespace wukong::wukong_decisions
