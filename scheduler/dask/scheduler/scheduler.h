// Dask's central scheduler: one event loop, which handles one message after another, keeps the
// state of every task and object, and decides where tasks run. Handling a message blocks it for the
// time of the message plus that of every task that becomes ready; after that messages go out, to
// one worker after another.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scheduler/dask/scheduler/cluster_view.h"
#include "scheduler/dask/scheduler/stealing.h"
#include "scheduler/dask/worker/worker.h"
#include "sim/base/random.h"

namespace wukong::dask_scheduler {

class DaskScheduler {
 public:
  explicit DaskScheduler(dask_worker::DaskCluster& cluster);

  // Each runs until it is killed.
  engine::Task<> serve();
  engine::Task<> steal_regularly();

  // Set while every result is in some worker's memory, and when the run has failed.
  engine::Event& ended() { return ended_; }
  const std::optional<std::string>& failure() const { return failure_; }
  // None: all who had the object have died since.
  dask_common::WorkerId holder(ObjectId object) const {
    const std::vector<dask_common::WorkerId>& holders = objects_[object.index()].holders;
    return holders.empty() ? dask_common::WorkerId::none() : holders.front();
  }

 private:
  enum class State : uint8_t { waiting, processing, done };
  struct TaskState {
    State state = State::waiting;
    uint8_t failures = 0;       // of workers that were to run it
    bool being_stolen = false;  // its worker has been asked to give it up
    uint32_t waiting_on = 0;    // predecessors that are not done
    uint32_t kind = 0;
    dask_common::WorkerId worker;
    dask_common::WorkerId thief;
    Duration communication;  // expected
  };
  struct ObjectState {
    std::vector<dask_common::WorkerId> holders;
    uint32_t consumers_left = 0;
    bool result = false;
  };

  void number_kinds();
  void shuffle_workers();
  void place_initial_objects();

  void handle(const dask_common::GraphSubmitted& message);
  void handle(const dask_common::TaskFinished& message);
  void handle(const dask_common::ObjectFetched& message);
  void handle(const dask_common::TransferMeasured& message);
  void handle(const dask_common::SourceWanted& message);
  void handle(const dask_common::StealReply& message);
  void handle(const dask_common::WorkerLost& message);
  void handle(const dask_common::WorkerBack& message) { view_.back(message.worker); }
  engine::Task<> work(Duration busy);
  Duration service_time(const dask_common::SchedulerMessage& message) const;

  // Placement.
  engine::Task<> place_ready();
  dask_common::WorkerId choose_worker(TaskId task);
  void assign(TaskId task, dask_common::WorkerId worker);
  void unassign(TaskId task);
  dask_common::WorkerId choose_source(const ObjectState& object, dask_common::WorkerId receiver);
  void steal();

  // Objects.
  bool needed(const ObjectState& object) const {
    return object.result || object.consumers_left > 0;
  }
  void add_holder(ObjectId object, dask_common::WorkerId worker);
  void release_inputs(TaskId task);
  void free_object(ObjectId object);
  void learn_duration(uint32_t kind, Duration duration);
  Duration expected_duration(uint32_t kind) const;

  // Recovery, in recovery.cpp.
  void blame(const std::vector<TaskId>& tasks, const dask_common::WorkerLost& lost);
  std::vector<ObjectId> forget_holder(dask_common::WorkerId worker);
  void run_again(TaskId first, const dask_common::WorkerLost& cause);
  // The first of its inputs that nobody can make again; none: all are there or can be made.
  ObjectId wait_for_inputs(TaskId task, std::vector<TaskId>& lost);
  void hold_back_successors(TaskId task);
  void fail(std::string reason);

  dask_worker::DaskCluster& cluster_;
  engine::Engine& engine_;
  const dag::Dag& dag_;
  const dask_common::DaskOptions& options_;
  RandomStream sources_;
  DaskClusterView view_;
  std::vector<uint32_t> order_;  // of workers among equals
  std::vector<TaskState> tasks_;
  std::vector<ObjectState> objects_;
  std::vector<std::optional<Duration>> kind_durations_;
  std::vector<TaskId> ready_;  // may have become unready since, or be listed twice
  uint64_t placed_ = 0;
  uint64_t round_ = 0;               // of messages that go out together
  std::vector<uint64_t> addressed_;  // by worker: the last round with one for it
  size_t results_left_ = 0;
  double bandwidth_;  // bytes per second, measured
  std::optional<std::string> failure_;
  engine::Event ended_;
  engine::Event active_;  // something has happened since the last look at stealing

  // Scratch, to spare allocations.
  std::vector<TaskId> placing_;
  std::vector<PlacementCandidate> candidates_;
  std::vector<Bytes> held_;  // by worker; zero outside of choose_worker
};

}  // namespace wukong::dask_scheduler
