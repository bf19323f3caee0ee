#include "bench/simulation/cloud_levels.h"

#include <algorithm>

#include "sim/functions/lambda_service.h"

namespace wukong::simulation {

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

}  // namespace wukong::simulation
