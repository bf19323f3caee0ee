// Wukong's client (SoCC'20 3.2): the static scheduler and its initial-executor invokers. It makes
// the static schedules, invokes one executor per leaf, waits for every result, and fetches them.
// Owned by the system.
#pragma once

#include "scheduler/policy/invoker_pool.h"
#include "scheduler/policy/system.h"
#include "scheduler/wukong/context.h"

namespace wukong::functions {
struct Environment;
enum class HandlerResult;
}  // namespace wukong::functions

namespace wukong::wukong_policy {

class WukongClient {
 public:
  explicit WukongClient(const WukongContext& context);
  WukongClient(const WukongClient&) = delete;
  WukongClient& operator=(const WukongClient&) = delete;

  // The results' channel: a message for each. Before anybody can publish one.
  engine::Channel<uint64_t>& subscribe_to_results();
  engine::Task<scheduler::Failure> run(engine::Channel<uint64_t>& results);

 private:
  engine::Task<> make_schedules();
  void invoke_leaves();
  engine::Task<> wait_for_results(engine::Channel<uint64_t>& results);
  engine::Task<> gather_results();

  engine::Task<> invoke(scheduler::InvocationRequest request);
  engine::Task<functions::HandlerResult> run_invoker_function(functions::Environment& environment,
                                                              scheduler::InvocationRequest request);

  const WukongContext& context_;
  scheduler::InvokerPool invokers_;
};

// How many leaves one request of an invoker process covers: 1, or, where there are more leaves than
// the options' threshold, those of an invoker function.
int64_t leaves_per_request(int64_t leaves, const wukong_decisions::WukongOptions& options);

}  // namespace wukong::wukong_policy
