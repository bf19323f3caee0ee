#include "bench/simulation/collect.h"

#include <algorithm>
#include <optional>

#include "sim/functions/lambda_client.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"

namespace wukong::simulation {

void add_platform(platform::Platform& platform, run::RunResult& result) {
  const functions::LambdaStatistics& statistics = platform.lambda().statistics();
  result.executed += platform.usage().executed;
  result.invocations += statistics.invocations;
  result.cold_starts += statistics.cold_starts;
  result.throttles += statistics.throttles;
  result.failed_executions += statistics.failures.count();
  result.retries += statistics.retries;
  result.dropped += statistics.dropped;
  result.aged_out += statistics.aged_out;
  result.refused += statistics.refused;
  result.billed_gb_s += statistics.billed_gb_s;
  result.cpu_core_s += statistics.vcpu_s + platform.machine_vcpu_s();
  result.cpu_whole_core_s += statistics.whole_vcpu_s + platform.machine_vcpu_s();
  result.cost.add(platform.ledger());
  result.usage.add(platform.usage());
}

void add_levels(const functions::ServiceLevels& levels, Time end, run::LoadResult& load,
                run::RunResult& result) {
  constexpr double kNsMbOfGbS = 1e9 * 1024;
  const double ns = std::max(1.0, static_cast<double>(end.since_start().count_ns()));
  const auto mean = [&](const accounting::LevelHistory& level) {
    return static_cast<double>(level.integral(end)) / ns;
  };
  load.idle_gb_s =
      static_cast<double>(levels.environments_mb.integral(end) - levels.running_mb.integral(end)) /
      kNsMbOfGbS;
  load.mean_running = mean(levels.running);
  load.mean_environments = mean(levels.environments);
  load.running = {levels.running.part(), levels.running.means(end)};
  load.environments = {levels.environments.part(), levels.environments.means(end)};
  result.peak_concurrency = static_cast<uint64_t>(levels.running.peak());
}

std::vector<std::string> broken_levels(const platform::PlatformSpec& platform,
                                       const functions::ServiceLevels& levels) {
  const functions::LambdaSpec& spec = platform.functions;
  std::vector<std::string> broken;
  const auto expect = [&](bool holds, const char* sentence) {
    if (!holds) broken.push_back(sentence);
  };
  expect(levels.running.peak() <= spec.account_concurrency,
         "more functions ran at once than the account may run");
  expect(levels.running.peak() <= levels.environments.peak(),
         "more functions ran at once than environments were there");
  // What is provisioned is beside the pool.
  const std::optional<int64_t>& memory = spec.warm_pool.memory_limit_mb;
  expect(!memory || spec.provisioned.concurrency > 0 || levels.environments_mb.peak() <= *memory,
         "environments had more memory than the cluster has");
  expect(levels.running.level() >= 0 && levels.environments.level() >= levels.running.level(),
         "functions run where no environment is");
  return broken;
}

}  // namespace wukong::simulation
