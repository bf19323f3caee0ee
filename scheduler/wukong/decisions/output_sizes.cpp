#include "scheduler/wukong/decisions/output_sizes.h"

namespace wukong::wukong_decisions {

OutputSizes::OutputSizes(const dag::Dag& dag, Bytes large_from)
    : large_from_(large_from), large_inputs_(dag.task_count()) {
  bytes_.reserve(dag.task_count());
  for (const TaskId task : dag.tasks()) {
    bytes_.push_back(dag.output_bytes(task));
    if (!large(task)) continue;
    for (const TaskId target : dag.successors(task)) ++large_inputs_[target.index()];
  }
}

}  // namespace wukong::wukong_decisions
