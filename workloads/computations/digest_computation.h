// The computation of a workload whose tasks only take time: every object is a stream of numbers
// that depends on each byte of every input of its task. So a result is right only if every task ran
// on the right inputs. For workloads without arithmetic: noop, layered, imported workflows.
#pragma once

#include "workloads/computations/computation.h"
#include "workloads/computations/dense_computation.h"

namespace wukong::computations {

class DigestComputation final : public Computation {
 public:
  // Throws Error if a task is said to do arithmetic.
  DigestComputation(const dag::Dag& dag, uint64_t seed);

  kernels::Value initial(ObjectId object) const override;
  std::vector<kernels::Value> run(TaskId task,
                                  std::span<const kernels::Value> inputs) const override;
  // Makes every object once more, one task after another.
  Verification verify(const Results& results) const override;

 private:
  kernels::Value stream(ObjectId object, uint64_t digest) const;

  const dag::Dag& dag_;
  uint64_t seed_;
};

}  // namespace wukong::computations
