#include "scheduler/wukong/wukong.h"

namespace wukong::scheduler {

sim::Task<Failure> Wukong::run() {
  auto& results = client_.subscribe_to_results();
  context_.engine.spawn_daemon(proxy_.serve(), "storage proxy");
  co_return co_await client_.run(results);
}

std::unique_ptr<System> make_wukong(sim::Platform& platform, const workloads::Dag& dag,
                                    const Options& options) {
  return std::make_unique<Wukong>(platform, dag, dynamic_cast<const WukongOptions&>(options));
}

}  // namespace wukong::scheduler
