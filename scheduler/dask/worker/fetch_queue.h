// What a Dask worker has to get from its peers, and in which order it asks them: one request at a
// time to a peer, peers in turn. Bookkeeping only.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "scheduler/dask/common/messages.h"
#include "workloads/dag/dag.h"

namespace wukong::dask_worker {

class DaskFetchQueue {
 public:
  DaskFetchQueue(const dag::Dag& dag, dask_common::WorkerId own) : dag_(dag), own_(own) {}

  // The task waits for the object. True if it is not known yet whom to ask for it.
  bool want(ObjectId object, TaskId task);
  // The object is waited for, and it is not known whom to ask.
  bool lacks_source(ObjectId object) const;
  // The peer is to be asked for it. REQUIRES: it is not this worker.
  void enqueue(const dask_common::DaskSource& source);
  // The peer did not give the object, and somebody waits for it: then it lacks a source.
  bool lose_source(ObjectId object);
  // The task does not wait any longer.
  void forget(TaskId task);
  // The object is here: who has waited for it. REQUIRES: it was wanted.
  std::vector<TaskId> take_waiting(ObjectId object);

  // The peer whose turn it is; it is being asked until request_ended().
  std::optional<dask_common::WorkerId> next_peer();
  // Objects of the peer that somebody still waits for: as many as go into one request.
  std::vector<ObjectId> take_batch(dask_common::WorkerId peer, Bytes most);
  void request_ended(dask_common::WorkerId peer);
  // Those of the objects that the peer is still to be asked for; it will not be.
  std::vector<ObjectId> withdraw(dask_common::WorkerId peer, std::span<const ObjectId> objects);
  void clear();

 private:
  enum class State : uint8_t { without_source, queued, under_way };
  struct Wanted {
    std::vector<TaskId> tasks;  // that wait for the object
    State state = State::without_source;
  };
  struct Peer {
    std::deque<ObjectId> to_request;
    bool requested = false;  // a request is open
    bool in_turn = false;    // in turns_
  };

  void take_turn(dask_common::WorkerId id);

  const dag::Dag& dag_;
  dask_common::WorkerId own_;
  std::map<ObjectId, Wanted> wanted_;
  std::map<dask_common::WorkerId, Peer> peers_;
  std::deque<dask_common::WorkerId> turns_;
};

}  // namespace wukong::dask_worker
