#include "bench/run/job.h"

#include "bench/run/run_result.h"
#include "workloads/dag/dag.h"

namespace wukong::run {
namespace {

void add_dag_bytes(const dag::Dag& dag, RunResult& result) {
  for (const ObjectId object : dag.objects()) {
    if (!dag.producer(object).valid())
      result.input += dag.size(object).actual;
    else if (dag.consumers(object).empty())
      result.result += dag.size(object).actual;
  }
}

}  // namespace

RunResult begin_result(const Job& job, uint64_t seed) {
  RunResult result;
  result.system = job.system;
  result.workload = job.workload;
  result.seed = seed;
  if (job.dag == nullptr) return result;
  result.tasks = job.dag->task_count();
  result.edges = job.dag->edge_count();
  result.warnings = job.dag->remarks();
  add_dag_bytes(*job.dag, result);
  return result;
}

RunResult refused_result(const Job& job, uint64_t seed, const std::string& reason) {
  RunResult result = begin_result(job, seed);
  result.refusal = reason;
  result.failure = reason;
  return result;
}

}  // namespace wukong::run
