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

}  // namespace wukong::wukong_policy
