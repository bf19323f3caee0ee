#include "scheduler/dask/common/task_memory.h"

namespace wukong::dask_common {
namespace {

constexpr int64_t kMegabyte = 1'000'000;
constexpr int64_t kGigabyte = 1'000'000'000;

int64_t unit_of(Bytes bytes) { return bytes >= Bytes(kGigabyte) ? kGigabyte : kMegabyte; }

std::string tenths_text(int64_t tenths, int64_t unit) {
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) +
         (unit == kGigabyte ? " GB" : " MB");
}

}  // namespace

Bytes dask_task_memory(const dag::Dag& dag, TaskId task) {
  Bytes memory = dag.output_bytes(task) + dag.cost(task).memory;
  for (const ObjectId object : dag.distinct_inputs(task)) memory += dag.size(object).actual;
  return memory;
}

std::string dask_bytes_text(Bytes bytes) {
  const int64_t tenth = unit_of(bytes) / 10;
  return tenths_text((bytes.count() + tenth / 2) / tenth, unit_of(bytes));
}

std::string dask_needed_text(Bytes needed) {
  const int64_t tenth = unit_of(needed) / 10;
  return tenths_text((needed.count() + tenth - 1) / tenth, unit_of(needed));
}

}  // namespace wukong::dask_common
