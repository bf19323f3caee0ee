#include "scheduler/dask/scheduler/stealing.h"

#include <algorithm>
#include <tuple>

#include "sim/base/check.h"

namespace wukong::dask_scheduler {
namespace {

constexpr int kLevels = 15;
constexpr double kTooDear = 100;

Duration fetch_time(const StealableTask& task, const StealingRule& rule) {
  return transfer_time(task.dependencies, rule.bandwidth) + rule.latency;
}

}  // namespace

std::optional<int> steal_level(const StealableTask& task, const StealingRule& rule) {
  if (task.dependencies == Bytes(0)) return 0;
  if (task.compute < rule.shortest || task.compute == Duration::zero()) return std::nullopt;
  const double ratio = fetch_time(task, rule).to_seconds() / task.compute.to_seconds();
  if (ratio > kTooDear) return std::nullopt;
  // round(log2(ratio)) + 6, at least 1: level 6 is as dear as the task itself.
  int level = 1;
  double bound = 1.0 / 32 * 1.4142135623730951;  // 2^(1 - 6 + 1/2)
  while (ratio >= bound && level + 1 < kLevels) ++level, bound *= 2;
  return level;
}

std::vector<Steal> plan_steals(std::vector<Victim> victims, std::vector<Thief> thieves,
                               const StealingRule& rule) {
  std::vector<Steal> steals;
  if (thieves.empty()) return steals;
  std::sort(victims.begin(), victims.end(), [](const Victim& a, const Victim& b) {
    return std::tuple(b.occupancy, a.worker) < std::tuple(a.occupancy, b.worker);
  });
  size_t turn = 0;
  for (int level = 0; level < kLevels; ++level) {
    for (Victim& victim : victims) {
      size_t left = victim.tasks.size();
      for (auto task = victim.tasks.begin(); task != victim.tasks.end() && left > victim.threads;) {
        if (steal_level(*task, rule) != level) {
          ++task;
          continue;
        }
        Thief& thief = thieves[turn++ % thieves.size()];
        const Duration on_thief = fetch_time(*task, rule) + task->compute;
        const Duration on_victim = task->communication + task->compute;
        if (thief.occupancy + on_thief > victim.occupancy - on_victim / 2) {
          ++task;
          continue;
        }
        steals.push_back({task->task, victim.worker, thief.worker});
        thief.occupancy += on_thief;
        victim.occupancy -= on_victim;
        task = victim.tasks.erase(task);
        --left;
      }
    }
  }
  return steals;
}

}  // namespace wukong::dask_scheduler
