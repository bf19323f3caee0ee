// Wukong's client (SoCC'20 3.2): the static scheduler and its initial-executor invokers. It makes
// the static schedules, invokes one executor per leaf, and waits for every result. Owned by the
// system.
#pragma once

#include "scheduler/invoker_pool.h"
#include "scheduler/system.h"
#include "scheduler/wukong/context.h"

namespace wukong::scheduler {

class WukongClient {
 public:
  explicit WukongClient(const WukongContext& context);
  WukongClient(const WukongClient&) = delete;
  WukongClient& operator=(const WukongClient&) = delete;

  // The results' channel: a message for each. Before anybody can publish one.
  sim::Channel<uint64_t>& subscribe_to_results();
  sim::Task<Failure> run(sim::Channel<uint64_t>& results);

 private:
  sim::Task<> make_schedules();
  void invoke_leaves();
  sim::Task<> wait_for_results(sim::Channel<uint64_t>& results);

  sim::Task<> invoke(InvocationRequest request);
  sim::Task<sim::HandlerResult> run_invoker_function(sim::Environment& environment,
                                                     InvocationRequest request);

  const WukongContext& context_;
  InvokerPool invokers_;
};

// How many leaves one request of an invoker process covers: 1, or, where there are more leaves than
// the options' threshold, those of an invoker function.
int64_t leaves_per_request(int64_t leaves, const WukongOptions& options);

}  // namespace wukong::scheduler
