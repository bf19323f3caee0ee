// The order in which an executor reads a task's inputs, one GET after another. Dask's scheduler
// names them in the order of a Python set of objects, i.e. of their addresses: arbitrary, different
// in each run, and much the same for all tasks of one run. So addresses are drawn here. Executors
// that read the same objects then do not all ask the same node for its first one at once.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/ids.h"

namespace wukong {
class RandomStream;
}  // namespace wukong

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::wukong_decisions {

class ReadOrder {
 public:
  // `dag` outlives it.
  ReadOrder(const dag::Dag& dag, RandomStream random);

  std::vector<ObjectId> of(TaskId task) const;

 private:
  const dag::Dag& dag_;
  std::vector<uint32_t> addresses_;  // by object
};

}  // namespace wukong::wukong_decisions
