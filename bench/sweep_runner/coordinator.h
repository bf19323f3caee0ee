// Hands out a sweep's runs and takes their results, for workers that are threads of this process or
// other processes: each run once, whoever asks. Thread-safe.
//
// A worker takes a chunk, says which runs that is (their keys), does those that it is told to do,
// and delivers each. A run that some other worker is doing, for another cell, is waited for by the
// coordinator, not by the worker.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bench/results/result_writer.h"
#include "bench/sweep_runner/schedule.h"

namespace wukong::sweep_runner {

// What the progress display shows.
struct SweepProgress {
  int64_t expected = 0;   // as far as is known now
  int64_t before = 0;     // were in the file from the start
  int64_t committed = 0;  // are in the file now, without those
  int64_t computed = 0;  // of the committed ones; the others were known from another point or sweep
  int64_t known = 0;     // of the others, those that another sweep has computed
  int64_t failed = 0;    // of all that are in the file
  int64_t running = 0;   // handed out, not delivered
};

class Coordinator {
 public:
  // The store is used by the writer's thread until the coordinator is gone.
  Coordinator(const sweep::SweepPlan& plan, results::ResultStore& store, int64_t sweep,
              const Schedule::Options& options);

  // Waits while there is nothing now, but may be later. Nothing: there will be none.
  std::optional<Chunk> wait_for_chunk();
  // The same without waiting.
  std::optional<Chunk> try_chunk();
  // True: all is delivered, or stop() was called and nothing is running.
  bool idle() const;

  // By cell of the chunk: does the worker have to do it? The others are taken care of.
  std::vector<bool> claim(const Chunk& chunk, const std::vector<std::string>& keys);
  void deliver(const results::Cell& cell, results::RunRecord record);
  // The worker that took this chunk is lost.
  void give_back(const Chunk& chunk);

  // Hands out nothing more.
  void stop();
  // Waits until all that was delivered is in the file. Throws what went wrong with it.
  void finish();
  // Then nothing more should be computed.
  bool writing_failed() const { return writer_.failed(); }
  SweepProgress progress() const;
  // What is odd about the workloads of the runs that were delivered, each once.
  std::vector<std::string> warnings() const;
  std::chrono::nanoseconds writing_time() const { return writer_.writing_time(); }

 private:
  struct Outcome {
    bool completed = false;
    double watched = 0;
  };
  struct Run {
    std::optional<Outcome> outcome;      // nothing: being computed
    std::optional<results::Cell> owner;  // by whom, or rather for which cell
    std::vector<results::Cell> waiting;
    bool known_before = false;  // from another sweep, or an earlier start of this one
  };
  static std::map<std::string, Run> known_runs(results::ResultStore& store,
                                               const std::string& watched);
  void fill(const results::Cell& cell, const std::string& key,
            std::optional<results::RunRecord> record, const Outcome& outcome);
  void committed(const std::vector<results::FinishedCell>& cells);
  std::optional<Chunk> take();

  const sweep::SweepPlan& plan_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  Schedule schedule_;
  std::map<std::string, Run> runs_;
  SweepProgress progress_;
  std::set<std::string> warnings_;
  bool stopped_ = false;
  results::ResultWriter writer_;  // last: its thread uses what is above
};

}  // namespace wukong::sweep_runner
