// The computation of a workload of dense linear algebra: its kernels by the names of its tasks'
// kinds, its input blocks random. What a result is compared with is the workload's own: see
// verify_*.cpp.
#pragma once

#include "workloads/computations/computation.h"
#include "workloads/kernels/matrix.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::computations {

class DenseComputation : public Computation {
 public:
  // Throws Error if some task's kind has no kernel.
  DenseComputation(const dag::Dag& dag, uint64_t seed);

  kernels::Value initial(ObjectId object) const override;
  std::vector<kernels::Value> run(TaskId task,
                                  std::span<const kernels::Value> inputs) const override;

 protected:
  const dag::Dag& dag() const { return dag_; }
  uint64_t seed() const { return seed_; }
  // The blocks that the computation starts from, in the order of their ids: those that are there
  // before the run or, if none is, those that leaves generate.
  size_t input_blocks() const { return input_blocks_.size(); }
  kernels::Value input_block(size_t index) const;
  // What a sink wrote last.
  ObjectId result_of(TaskId sink) const;
  // Random columns, to compare large products by what they do to them.
  kernels::Matrix probe(int64_t rows) const;

 private:
  struct InputBlock {
    ObjectId stream;  // of its random numbers: that of what the task puts out which makes it
    Bytes size;
  };

  std::vector<kernels::Value> run_steps(TaskId task, std::span<const kernels::Value> inputs) const;

  const dag::Dag& dag_;
  uint64_t seed_;
  std::vector<InputBlock> input_blocks_;
};

// Residuals of double arithmetic on random, well conditioned matrices stay far below this; an error
// of a block is of the order of 1.
constexpr double kTolerance = 1e-9;

}  // namespace wukong::computations
