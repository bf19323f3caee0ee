// Wukong (SoCC'20): executors schedule the DAG among themselves. The system is made of the paper's
// parts: the client (static scheduler and invokers), the executors, the storage proxy; what they
// share is the context.
#pragma once

#include <memory>

#include "scheduler/policy/options.h"
#include "scheduler/policy/promises.h"
#include "scheduler/policy/system.h"
#include "scheduler/wukong/client.h"
#include "scheduler/wukong/context.h"
#include "scheduler/wukong/storage_proxy.h"

namespace wukong::wukong_policy {

class Wukong final : public scheduler::System {
 public:
  Wukong(platform::Platform& platform, const dag::Dag& dag,
         const wukong_decisions::WukongOptions& options)
      : context_(platform, dag, options), client_(context_), proxy_(context_) {}

  engine::Task<scheduler::Failure> run() override;

 private:
  WukongContext context_;
  WukongClient client_;
  StorageProxy proxy_;
};

std::unique_ptr<scheduler::System> make_wukong(platform::Platform& platform, const dag::Dag& dag,
                                               const scheduler::Options& options);
scheduler::Promises promises_of_wukong(const scheduler::Options& options);

}  // namespace wukong::wukong_policy
