#include "workloads/computations/digest_computation.h"

#include <algorithm>
#include <cstring>

#include "sim/base/error.h"
#include "sim/base/hash.h"
#include "workloads/computations/serial_run.h"
#include "workloads/dag/dag.h"

namespace wukong::computations {
namespace {

uint64_t absorb(uint64_t digest, const kernels::Value& value) {
  const auto bytes = value.bytes();
  for (size_t i = 0; i < bytes.size(); i += sizeof(uint64_t)) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, std::min(sizeof word, bytes.size() - i));
    digest = mix64(digest ^ word);
  }
  return mix64(digest ^ bytes.size());
}

}  // namespace

DigestComputation::DigestComputation(const dag::Dag& dag, uint64_t seed) : dag_(dag), seed_(seed) {
  for (const TaskId task : dag.tasks())
    if (dag.cost(task).flops > 0)
      throw Error(ErrorPlace{},
                  "a workload whose kernels the program has (tree_reduction, gemm, tsqr, svd1, "
                  "svd2, svc, cholesky), or one without arithmetic",
                  "tasks of kind \"" + dag.kind(task) + "\"");
}

kernels::Value DigestComputation::stream(ObjectId object, uint64_t digest) const {
  kernels::Buffer buffer(dag_.size(object).actual);
  const auto bytes = buffer.bytes();
  for (size_t i = 0; i < bytes.size(); i += sizeof(uint64_t)) {
    const uint64_t word = mix64(digest + i + 1);
    std::memcpy(bytes.data() + i, &word, std::min(sizeof word, bytes.size() - i));
  }
  return std::move(buffer).freeze();
}

kernels::Value DigestComputation::initial(ObjectId object) const {
  return stream(object, mix64(seed_ ^ mix64(object.index() + 1)));
}

std::vector<kernels::Value> DigestComputation::run(TaskId task,
                                                   std::span<const kernels::Value> inputs) const {
  uint64_t digest = mix64(seed_ ^ (task.index() + 1));
  for (const kernels::Value& input : inputs) digest = absorb(digest, input);
  std::vector<kernels::Value> outputs;
  for (const ObjectId object : dag_.outputs(task))
    outputs.push_back(stream(object, mix64(digest ^ mix64(object.index() + 1))));
  return outputs;
}

Verification DigestComputation::verify(const Results& results) const {
  return compare_with_serial_run(dag_, *this, results);
}

}  // namespace wukong::computations
