#include "scheduler/dask/worker/fetch_queue.h"

#include <utility>

#include "sim/base/check.h"

namespace wukong::dask_worker {

bool DaskFetchQueue::want(ObjectId object, TaskId task) {
  Wanted& wanted = wanted_[object];
  wanted.tasks.push_back(task);
  return wanted.state == State::without_source;
}

bool DaskFetchQueue::lacks_source(ObjectId object) const {
  const auto wanted = wanted_.find(object);
  return wanted != wanted_.end() && wanted->second.state == State::without_source;
}

void DaskFetchQueue::enqueue(const dask_common::DaskSource& source) {
  ENSURE(source.worker != own_, source.object.value());
  wanted_[source.object].state = State::queued;
  peers_[source.worker].to_request.push_back(source.object);
  take_turn(source.worker);
}

bool DaskFetchQueue::lose_source(ObjectId object) {
  const auto wanted = wanted_.find(object);
  if (wanted == wanted_.end()) return false;
  wanted->second.state = State::without_source;
  return true;
}

void DaskFetchQueue::forget(TaskId task) {
  for (const ObjectId object : dag_.inputs(task)) {
    const auto wanted = wanted_.find(object);
    if (wanted == wanted_.end()) continue;
    std::erase(wanted->second.tasks, task);
  }
}

std::vector<TaskId> DaskFetchQueue::take_waiting(ObjectId object) {
  const auto found = wanted_.find(object);
  ENSURE(found != wanted_.end(), object.value());
  std::vector<TaskId> waiting = std::move(found->second.tasks);
  wanted_.erase(found);
  return waiting;
}

void DaskFetchQueue::take_turn(dask_common::WorkerId id) {
  Peer& peer = peers_[id];
  if (peer.requested || peer.in_turn || peer.to_request.empty()) return;
  peer.in_turn = true;
  turns_.push_back(id);
}

std::optional<dask_common::WorkerId> DaskFetchQueue::next_peer() {
  if (turns_.empty()) return std::nullopt;
  const dask_common::WorkerId id = turns_.front();
  turns_.pop_front();
  Peer& peer = peers_[id];
  peer.in_turn = false;
  peer.requested = true;
  return id;
}

std::vector<ObjectId> DaskFetchQueue::take_batch(dask_common::WorkerId peer, Bytes most) {
  auto& objects = peers_[peer].to_request;
  std::vector<ObjectId> batch;
  Bytes total;
  while (!objects.empty()) {
    const ObjectId object = objects.front();
    const auto wanted = wanted_.find(object);
    if (wanted == wanted_.end() || wanted->second.tasks.empty()) {
      if (wanted != wanted_.end()) wanted_.erase(wanted);
      objects.pop_front();
      continue;
    }
    total += dag_.size(object).actual;
    if (!batch.empty() && total > most) break;
    wanted->second.state = State::under_way;
    batch.push_back(object);
    objects.pop_front();
  }
  return batch;
}

void DaskFetchQueue::request_ended(dask_common::WorkerId peer) {
  peers_[peer].requested = false;
  take_turn(peer);
}

std::vector<ObjectId> DaskFetchQueue::withdraw(dask_common::WorkerId peer,
                                               std::span<const ObjectId> objects) {
  auto& queue = peers_[peer].to_request;
  std::vector<ObjectId> withdrawn;
  for (const ObjectId object : objects)
    if (std::erase(queue, object) > 0) withdrawn.push_back(object);
  return withdrawn;
}

void DaskFetchQueue::clear() {
  wanted_.clear();
  peers_.clear();
  turns_.clear();
}

}  // namespace wukong::dask_worker
