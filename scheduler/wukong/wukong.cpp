#include "scheduler/wukong/wukong.h"

namespace wukong::wukong_policy {

engine::Task<scheduler::Failure> Wukong::run() {
  auto& results = client_.subscribe_to_results();
  context_.engine.spawn_daemon(proxy_.serve(), "storage proxy");
  co_return co_await client_.run(results);
}

std::unique_ptr<scheduler::System> make_wukong(platform::Platform& platform, const dag::Dag& dag,
                                               const scheduler::Options& options) {
  return std::make_unique<Wukong>(platform, dag,
                                  dynamic_cast<const wukong_decisions::WukongOptions&>(options));
}

// Executors that run again find what they stored, and invoke again what they had invoked; only a
// fan-in's counter tells whether that has an effect twice. An integer counts an arrival again, so
// that the fan-in fires too early or never (the released code); a bit for each predecessor does
// not. Without claims, each repetition of an executor repeats all that comes after it, too. An
// executor that Lambda has given up takes what it would have invoked with it.
scheduler::Promises promises_of_wukong(const scheduler::Options& options) {
  scheduler::Mishaps harmless = scheduler::Mishaps::all().without({scheduler::Mishap::data_lost});
  const auto& wukong = dynamic_cast<const wukong_decisions::WukongOptions&>(options);
  if (!wukong.bit_counters)
    harmless = harmless.without(
        {scheduler::Mishap::function_failed, scheduler::Mishap::invocation_doubled,
         scheduler::Mishap::counter_reply_lost, scheduler::Mishap::message_doubled});
  std::optional<scheduler::Mishaps> repeated_by;
  if (wukong.claim_tasks)
    repeated_by = {scheduler::Mishap::function_failed, scheduler::Mishap::invocation_doubled};
  return {.in_order_through = harmless,
          .completes_through = harmless.without({scheduler::Mishap::invocation_given_up}),
          .repeated_by = repeated_by,
          .least_time_limit = wukong.invoker_function_time_limit};
}

}  // namespace wukong::wukong_policy
