// A Dask worker: a process with a few threads and an event loop. It fetches the inputs of its tasks
// from its peers, runs the tasks in the order of their ranks, keeps what they make, and tells the
// scheduler. Its memory is limited: it spills, pauses, and is killed by its nanny, which starts it
// again, empty.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "scheduler/dask/memory.h"
#include "scheduler/dask/messages.h"
#include "scheduler/dask/process.h"
#include "sim/engine/sync.h"
#include "sim/platform/platform.h"

namespace wukong::scheduler {

class DaskWorker;

// What the scheduler and all workers share. Made and owned by the system.
struct DaskCluster {
  DaskCluster(sim::Platform& run_platform, const workloads::Dag& run_dag,
              const DaskOptions& run_options);
  ~DaskCluster();

  // Dask takes workers in the order of their addresses. Workers with two cores and 3 GB each are
  // taken for containers with addresses of their own, so neighbours are on different machines.
  size_t machine_of(WorkerId worker) const {
    return worker.index() % static_cast<size_t>(options.workers.machines);
  }

  sim::Platform& platform;
  const workloads::Dag& dag;
  const DaskOptions& options;
  sim::Machine& scheduler_machine;
  std::vector<uint32_t> ranks;  // of tasks: lower ones first
  SchedulerInbox inbox;
  sim::Semaphore scheduler_loop;            // its event loop, for messages that carry objects,
  sim::CopyingThread scheduler_forwarding;  // and for their bytes
  sim::LinkId client;                       // the network of the client's machine
  std::deque<DaskWorker> workers;           // by id
};

class DaskWorker {
 public:
  // On a machine with its network and its disk, which it shares with the other workers there.
  DaskWorker(DaskCluster& cluster, WorkerId id, const sim::Machine& machine, sim::Disk disk);

  // Sends a message of the scheduler to this worker.
  void tell(WorkerMessage message) { inbound_.send(std::move(message)); }
  // It arrives.
  void receive(WorkerMessage message);
  // The object is here before the run.
  void preload(ObjectId object);
  // Sends an object to the client, by way of the scheduler. False: it is not here any more.
  sim::Task<bool> send_to_client(ObjectId object);
  // Ends whatever it does, for good.
  void stop();

  const DaskMemory& memory() const { return memory_; }

 private:
  enum class TaskState : uint8_t { waiting, ready, running };
  struct Assigned {
    TaskState state = TaskState::waiting;
    uint32_t missing = 0;  // inputs that are not here
  };
  enum class FetchState : uint8_t { without_source, queued, under_way };
  struct Wanted {
    std::vector<TaskId> tasks;  // that wait for the object
    FetchState state = FetchState::without_source;
  };
  struct Peer {
    std::deque<ObjectId> to_request;
    bool requested = false;  // a request is open; there is one at a time
    bool in_turn = false;    // in peers_in_turn_
  };
  enum class RequestEnd : uint8_t { done, busy, gone };
  struct Reservation;
  struct Service;

  // worker.cpp
  void handle(const ComputeTask& message);
  void handle(const CancelTask& message);
  void handle(const StealTask& message);
  void handle(const FreeObject& message);
  void handle(const FetchFrom& message);
  bool give_up(TaskId task);
  void make_ready(TaskId task);
  void start_tasks();
  sim::Task<> run_task(TaskId task);
  sim::Task<> load_inputs(TaskId task);
  void finish(TaskId task, Duration duration);

  // worker_memory.cpp
  void check_memory();
  sim::Task<> monitor_memory();
  sim::Task<> spill(Bytes goal);
  Bytes share_of(Bytes machine) const;
  sim::Task<> use_disk(Bytes amount, bool cached);
  sim::Task<> watch();  // the nanny
  sim::Task<> restart();
  void kill_by_fault();
  void die(const char* how);

  // worker_fetch.cpp
  void enqueue(const DaskSource& source);
  void take_turn(WorkerId id);
  void request_more();
  std::vector<ObjectId> take_batch(WorkerId peer);
  sim::Task<> gather(WorkerId peer);
  sim::Task<RequestEnd> request(DaskWorker& peer, const std::vector<ObjectId>& objects);
  sim::Task<> read_spilled(ObjectId object);
  sim::Task<> transfer(DaskWorker& peer, const std::vector<ObjectId>& objects);
  sim::Task<> wait_while_busy(WorkerId peer, std::vector<ObjectId> objects);
  sim::Route route_from(const DaskWorker& peer) const;
  void arrived(ObjectId object);
  void want_again(const std::vector<ObjectId>& objects);

  DaskCluster& cluster_;
  sim::Engine& engine_;
  const DaskOptions& options_;
  WorkerId id_;
  sim::CopyingThread receiving_;  // its event loop, as it copies what arrives
  sim::CopyingThread sending_;    // and as it copies what goes out
  DaskProcess process_;
  const sim::Host& host_;
  const sim::Machine& machine_;
  sim::Disk disk_;
  BatchedStream<WorkerMessage, DaskWorker> inbound_;
  BatchedStream<SchedulerMessage, SchedulerInbox> outbound_;

  DaskMemory memory_;
  std::map<TaskId, Assigned> tasks_;
  std::set<std::pair<uint32_t, TaskId>> ready_;  // by rank
  int64_t running_ = 0;
  bool paused_ = false;
  bool monitored_ = false;

  std::map<ObjectId, Wanted> wanted_;
  std::map<WorkerId, Peer> peers_;
  std::deque<WorkerId> peers_in_turn_;
  int64_t open_requests_ = 0;
  int64_t serving_ = 0;
  int64_t busy_in_a_row_ = 0;

  bool up_ = true;
  uint32_t life_ = 0;  // counts its restarts
  bool watched_ = false;
  bool doomed_ = false;  // a task does not fit at all
  sim::Semaphore spilling_;
  std::optional<sim::TaskGroup> nanny_;
  std::optional<sim::TaskGroup> activities_;  // of this life
};

}  // namespace wukong::scheduler
