#include "scheduler/dask/scheduler/cluster_view.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "sim/base/check.h"

namespace wukong::dask_scheduler {
namespace {

void insert_sorted(std::vector<dask_common::WorkerId>& set, dask_common::WorkerId worker) {
  const auto place = std::lower_bound(set.begin(), set.end(), worker);
  if (place == set.end() || *place != worker) set.insert(place, worker);
}

void erase_sorted(std::vector<dask_common::WorkerId>& set, dask_common::WorkerId worker) {
  const auto place = std::lower_bound(set.begin(), set.end(), worker);
  if (place != set.end() && *place == worker) set.erase(place);
}

}  // namespace

DaskClusterView::DaskClusterView(size_t workers, int64_t threads, size_t tasks)
    : threads_(threads), views_(workers), occupancy_(workers), assignments_(tasks) {
  for (size_t i = 0; i < workers; ++i) running_.push_back(dask_common::WorkerId(i));
  idle_ = running_;
}

void DaskClusterView::assign(TaskId task, dask_common::WorkerId worker, Duration expected) {
  View& view = views_[worker.index()];
  ENSURE(view.up, task.value(), worker.value());
  assignments_[task.index()] = {expected, static_cast<uint32_t>(view.processing.size())};
  view.processing.push_back(task);
  add_occupancy(worker, expected);
}

void DaskClusterView::unassign(TaskId task, dask_common::WorkerId worker) {
  std::vector<TaskId>& processing = views_[worker.index()].processing;
  const Assignment assignment = assignments_[task.index()];
  ENSURE(assignment.position < processing.size() && processing[assignment.position] == task,
         task.value(), worker.value());
  processing[assignment.position] = processing.back();
  assignments_[processing.back().index()].position = assignment.position;
  processing.pop_back();
  add_occupancy(worker, Duration::zero() - assignment.expected);
}

void DaskClusterView::lost(dask_common::WorkerId worker) {
  View& view = views_[worker.index()];
  ENSURE(view.up && view.processing.empty(), worker.value(), view.processing.size());
  view.up = false;
  view.stored = Bytes(0);
  erase_sorted(idle_, worker);
  erase_sorted(running_, worker);
}

void DaskClusterView::back(dask_common::WorkerId worker) {
  views_[worker.index()].up = true;
  insert_sorted(running_, worker);
  insert_sorted(idle_, worker);
}

// A worker is idle if it has a free thread, or less than half of the cluster's mean to do.
void DaskClusterView::add_occupancy(dask_common::WorkerId worker, Duration change) {
  Duration& occupancy = occupancy_[worker.index()];
  occupancy += change;
  total_occupancy_ += change;
  ENSURE(occupancy >= Duration::zero(), worker.value(), occupancy.count_ns());
  const auto tasks = static_cast<int64_t>(views_[worker.index()].processing.size());
  const double per_thread = occupancy.to_seconds() / static_cast<double>(threads_);
  if (tasks < threads_ || per_thread < mean_occupancy() / 2)
    insert_sorted(idle_, worker);
  else
    erase_sorted(idle_, worker);
}

double DaskClusterView::mean_occupancy() const {
  const auto threads = static_cast<double>(threads_) * static_cast<double>(running_.size());
  return threads == 0 ? 0 : total_occupancy_.to_seconds() / threads;
}

bool DaskClusterView::is_saturated(dask_common::WorkerId worker) const {
  constexpr double kLongPending = 0.4;  // seconds
  constexpr double kFarAboveMean = 1.9;
  const auto tasks = static_cast<double>(processing(worker).size());
  const auto threads = static_cast<double>(threads_);
  if (tasks <= threads) return false;
  const double pending = occupancy(worker).to_seconds() * (tasks - threads) / tasks / threads;
  return pending > kLongPending && pending > kFarAboveMean * mean_occupancy();
}

std::vector<dask_common::WorkerId> DaskClusterView::victims() const {
  constexpr size_t kFallback = 10;
  constexpr double kWorthALook = 0.2;  // seconds
  std::vector<dask_common::WorkerId> found;
  for (const dask_common::WorkerId worker : running_)
    if (is_saturated(worker)) found.push_back(worker);
  if (!found.empty()) return found;
  for (const dask_common::WorkerId worker : running_)
    if (processing(worker).size() > static_cast<size_t>(threads_) &&
        occupancy(worker).to_seconds() > kWorthALook)
      found.push_back(worker);
  std::sort(found.begin(), found.end(), [this](dask_common::WorkerId a, dask_common::WorkerId b) {
    return std::tuple(occupancy(b), a) < std::tuple(occupancy(a), b);
  });
  if (found.size() > kFallback) found.resize(kFallback);
  return found;
}

}  // namespace wukong::dask_scheduler
