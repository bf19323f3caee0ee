#include "scheduler/dask/task_memory.h"

namespace wukong::scheduler {
namespace {

std::string one_decimal_up(int64_t count, int64_t unit) {
  const int64_t tenths = (count + unit / 10 - 1) / (unit / 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

Bytes dask_task_memory(const workloads::Dag& dag, TaskId task) {
  Bytes memory = dag.output_bytes(task) + dag.cost(task).memory;
  for (const ObjectId object : dag.distinct_inputs(task)) memory += dag.size(object).actual;
  return memory;
}

std::string dask_bytes_text(Bytes bytes) {
  constexpr int64_t kMegabyte = 1'000'000;
  constexpr int64_t kGigabyte = 1'000'000'000;
  if (bytes >= Bytes(kGigabyte)) return one_decimal_up(bytes.count(), kGigabyte) + " GB";
  return one_decimal_up(bytes.count(), kMegabyte) + " MB";
}

}  // namespace wukong::scheduler
