// Dask's threaded scheduler, the default of compute() without a cluster (dask.local.get_async of
// 1.2.2): one process on one machine. The main thread hands tasks to a pool of threads and takes
// back what they make; objects stay in the process's memory, and nothing crosses a network.
//
// It is what SoCC'20's Dask-1000 does by its numbers (docs/fidelity.md); constants in
// configs/presets/system/dask-threads.yaml.
#pragma once

#include <memory>
#include <optional>

#include "scheduler/dask/common/options.h"
#include "scheduler/dask/common/process.h"
#include "scheduler/dask/common/rental.h"
#include "scheduler/policy/options.h"
#include "scheduler/policy/promises.h"
#include "scheduler/policy/system.h"

namespace wukong::dask {

struct DaskThreadsOptions final : scheduler::Options {
  std::string machine;
  int64_t threads = 1;
  Bytes process_memory;  // of the interpreter and its libraries, before any object
  dask_common::DaskProcessOptions process;
  Duration graph_time;  // per graph: optimising it
  Duration task_time;   // of the main thread, for each task: handing it out, taking it back
  // Machines that are billed beside its own, but not used.
  std::optional<dask_common::DaskRental> idle_cluster;

  void visit(FieldVisitor& v) override;
};

std::unique_ptr<scheduler::System> make_dask_threads(platform::Platform& platform,
                                                     const dag::Dag& dag,
                                                     const scheduler::Options& options);
scheduler::Promises promises_of_dask_threads(const scheduler::Options& options);

}  // namespace wukong::dask
