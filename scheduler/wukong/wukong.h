// Wukong (SoCC'20): executors schedule the DAG among themselves. The system is made of the paper's
// parts: the client (static scheduler and invokers), the executors, the storage proxy; what they
// share is the context.
#pragma once

#include <memory>

#include "scheduler/system.h"
#include "scheduler/wukong/client.h"
#include "scheduler/wukong/context.h"
#include "scheduler/wukong/storage_proxy.h"

namespace wukong::scheduler {

class Wukong final : public System {
 public:
  Wukong(sim::Platform& platform, const workloads::Dag& dag, const WukongOptions& options)
      : context_(platform, dag, options), client_(context_), proxy_(context_) {}

  sim::Task<Failure> run() override;

 private:
  WukongContext context_;
  WukongClient client_;
  StorageProxy proxy_;
};

std::unique_ptr<System> make_wukong(sim::Platform& platform, const workloads::Dag& dag,
                                    const Options& options);
Promises promises_of_wukong(const Options& options);

}  // namespace wukong::scheduler
