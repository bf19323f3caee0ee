// Writes finished runs from a thread of its own, so that no worker waits for the disk. What has
// come while one transaction was written goes into the next one: a run that takes a second has a
// transaction of its own, runs of a millisecond share one. Whoever is told about a run through
// `committed` finds it in the file after a SIGKILL or a power cut.
#pragma once

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bench/results/result_store.h"

namespace wukong::results {

// A cell with its run; without a record, the run is in the file already, or comes before.
struct FinishedCell {
  Cell cell;
  std::string coordinates;  // of the point, JSON
  std::string key;
  std::optional<RunRecord> record;
  bool completed = false;
};

class ResultWriter {
 public:
  using Committed = std::function<void(const std::vector<FinishedCell>&)>;

  // The store must outlive the writer, and is used by nobody else meanwhile. `committed` is called
  // in the writer's thread.
  ResultWriter(ResultStore& store, int64_t sweep, Committed committed);
  // Writes what is left, and drops an error: call finish() first.
  ~ResultWriter();
  ResultWriter(const ResultWriter&) = delete;
  ResultWriter& operator=(const ResultWriter&) = delete;

  void add(FinishedCell finished);
  // Returns when all is written. Throws what went wrong, e.g. a full disk.
  void finish();
  // Something went wrong: what is added from now on is lost, so nothing more should be computed.
  bool failed() const;
  // Wall time spent in transactions.
  std::chrono::nanoseconds writing_time() const;

 private:
  void work();
  void write(const std::vector<FinishedCell>& batch);

  ResultStore& store_;
  int64_t sweep_;
  Committed committed_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<FinishedCell> waiting_;
  std::exception_ptr error_;
  std::chrono::nanoseconds writing_time_{0};
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace wukong::results
