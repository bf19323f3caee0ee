// What Dask's scheduler and workers tell each other, and the streams that carry it.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "scheduler/dask/common/worker_id.h"
#include "sim/base/bytes.h"
#include "sim/base/ids.h"
#include "sim/engine/engine.h"
#include "sim/engine/sync.h"
#include "sim/engine/timer.h"
#include "sim/engine/wake_sink.h"

namespace wukong::dask_common {

// An input, and a worker that has it.
struct DaskSource {
  ObjectId object;
  WorkerId worker;
};

// ---- to a worker

struct ComputeTask {
  TaskId task;
  std::vector<DaskSource> sources;  // of the inputs that the worker does not hold
};
struct CancelTask {
  TaskId task;
};
struct StealTask {
  TaskId task;
};
struct FreeObject {
  ObjectId object;
};
struct FetchFrom {
  DaskSource source;
};
using WorkerMessage = std::variant<ComputeTask, CancelTask, StealTask, FreeObject, FetchFrom>;

// ---- to the scheduler

struct GraphSubmitted {};
struct TaskFinished {
  WorkerId worker;
  TaskId task;
  Duration duration;
};
struct ObjectFetched {
  WorkerId worker;
  ObjectId object;
};
struct TransferMeasured {
  Bandwidth bandwidth;
};
// A source is gone or turned the worker away: who else has the object?
struct SourceWanted {
  WorkerId worker;
  ObjectId object;
};
struct StealReply {
  WorkerId worker;
  TaskId task;
  bool given_up = false;  // the worker had not started it
};
struct WorkerLost {
  WorkerId worker;
  std::string how;  // it "was killed", say
};
struct WorkerBack {
  WorkerId worker;
};
using SchedulerMessage = std::variant<GraphSubmitted, TaskFinished, ObjectFetched, TransferMeasured,
                                      SourceWanted, StealReply, WorkerLost, WorkerBack>;

// Where the scheduler's messages wait for it.
struct SchedulerInbox {
  explicit SchedulerInbox(engine::Engine& engine) : messages(engine) {}
  void receive(SchedulerMessage message) { messages.send(std::move(message)); }
  engine::Channel<SchedulerMessage> messages;
};

// One direction of a connection. The first message leaves at once; what follows within the interval
// leaves together at its end. Messages arrive in order, by receiver.receive(message).
template <class Message, class Receiver>
class BatchedStream {
 public:
  BatchedStream(engine::Engine& engine, Duration interval, Duration latency, Receiver& receiver)
      : engine_(engine),
        interval_(interval),
        latency_(latency),
        receiver_(receiver),
        timer_(engine, &BatchedStream::deliver, this) {}

  void send(Message message) {
    const Time now = engine_.now();
    if (!departure_)
      departure_ = now;
    else if (now > *departure_)
      departure_ = std::max(now, *departure_ + interval_);
    under_way_.push_back({*departure_ + latency_, std::move(message)});
    engine_.tell_fact(engine::FactUse::left, &under_way_.back());
    if (!timer_.armed()) timer_.arm(under_way_.front().arrival);
  }
  // The connection breaks: what is under way is lost.
  void clear() {
    under_way_.clear();
    timer_.cancel();
  }

 private:
  struct UnderWay {
    Time arrival;
    Message message;
  };

  static void deliver(void* context) {
    auto& stream = *static_cast<BatchedStream*>(context);
    while (!stream.under_way_.empty() &&
           stream.under_way_.front().arrival <= stream.engine_.now()) {
      stream.engine_.tell_fact(engine::FactUse::found, &stream.under_way_.front());
      Message message = std::move(stream.under_way_.front().message);
      stream.under_way_.pop_front();
      stream.receiver_.receive(std::move(message));
    }
    if (!stream.under_way_.empty()) stream.timer_.arm(stream.under_way_.front().arrival);
  }

  engine::Engine& engine_;
  Duration interval_;
  Duration latency_;
  Receiver& receiver_;
  std::optional<Time> departure_;  // of the last batch, or of the one that is being filled
  std::deque<UnderWay> under_way_;
  engine::Timer timer_;
};

}  // namespace wukong::dask_common
