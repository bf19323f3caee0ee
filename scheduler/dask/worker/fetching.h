// How a Dask worker gets the objects that its tasks read: from its peers, over few connections, of
// which each peer serves few at a time.
#pragma once

#include <vector>

#include "scheduler/dask/worker/fetch_queue.h"
#include "scheduler/dask/worker/life.h"
#include "scheduler/dask/worker/memory.h"
#include "scheduler/dask/worker/serving.h"
#include "scheduler/dask/worker/site.h"
#include "scheduler/dask/worker/spilling.h"
#include "sim/base/inline_function.h"

namespace wukong::dask_worker {

class DaskFetching {
 public:
  // `arrived`: an object is here for which the task has waited.
  DaskFetching(const DaskSite& site, DaskLife& life, DaskMemory& memory, DaskSpilling& spilling,
               InlineFunction<void(TaskId)> arrived);

  // The task waits for an object, and who has it. request_more() follows the last one.
  void want(TaskId task, const dask_common::DaskSource& source);
  // Who has an object for which there was nobody to ask.
  void found(const dask_common::DaskSource& source);
  void forget(TaskId task) { queue_.forget(task); }
  // Opens as many requests as may be open.
  void request_more();
  // The worker has died.
  void clear();

 private:
  enum class RequestEnd : uint8_t { done, busy, gone };

  engine::Task<> gather(dask_common::WorkerId peer);
  engine::Task<RequestEnd> request(DaskServing& peer, const std::vector<ObjectId>& objects);
  engine::Task<> transfer(DaskServing& peer, const std::vector<ObjectId>& objects);
  engine::Task<> wait_while_busy(dask_common::WorkerId peer, const std::vector<ObjectId>& objects);
  void take_in(ObjectId object);
  void want_again(const std::vector<ObjectId>& objects);

  const DaskSite& site_;
  DaskLife& life_;
  DaskMemory& memory_;
  DaskSpilling& spilling_;
  InlineFunction<void(TaskId)> arrived_;
  DaskFetchQueue queue_;
  int64_t open_requests_ = 0;
  int64_t busy_in_a_row_ = 0;
};

}  // namespace wukong::dask_worker
