// The computation of a workload whose tasks only take time: every object is a stream of numbers
// that depends on each byte of every input of its task. So a result is right only if every task ran
// on the right inputs. For workloads without arithmetic: noop, layered, imported workflows.
#pragma once

#include "workloads/kernels/computation.h"

namespace wukong::workloads {

class DigestComputation final : public Computation {
 public:
  // Throws Error if a task is said to do arithmetic.
  DigestComputation(const Dag& dag, uint64_t seed);

  Value initial(ObjectId object) const override;
  std::vector<Value> run(TaskId task, std::span<const Value> inputs) const override;
  // Makes every object once more, one task after another.
  Verification verify(const Results& results) const override;

 private:
  Value stream(ObjectId object, uint64_t digest) const;

  const Dag& dag_;
  uint64_t seed_;
};

}  // namespace wukong::workloads
