// Many experiments of one system each, run together: every one a number of times, on all cores, one
// of each first, and the largest before smaller ones. Equal experiments run once, and equal
// workloads share a Dag, which goes when its last run is done. Results do not depend on the number
// of threads.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "bench/experiment/experiment.h"
#include "bench/run/run_result.h"
#include "sim/base/id.h"

namespace wukong::reproduction {

struct CampaignProgress {
  size_t runs_done;
  size_t runs;
  double work_done;  // an estimate in time, from 0 to 1
};
// Called after each run, by one thread at a time.
using ProgressListener = std::function<void(const CampaignProgress&)>;

// All that decides what an experiment gives, as a text: equal experiments have equal ones.
std::string fingerprint(const experiment::Experiment& experiment);

class Campaign {
 public:
  using ExperimentId = Id<Campaign>;

  // Replicate r has the experiment's seed plus r.
  explicit Campaign(size_t replicates);
  ~Campaign();
  Campaign(const Campaign&) = delete;
  Campaign& operator=(const Campaign&) = delete;

  // REQUIRES: the experiment has one system. An equal one gives the same id.
  ExperimentId add(experiment::Experiment experiment);

  // `threads` at 0: one for each core. Throws the first Error of a workload or a policy.
  void run(unsigned threads, const ProgressListener& listener);

  // By replicate. REQUIRES: run() has returned.
  std::span<const run::RunResult> results(ExperimentId experiment) const;
  size_t experiments() const { return entries_.size(); }

 private:
  struct SharedDag;
  struct Entry {
    experiment::Experiment experiment;
    SharedDag* dag;
    std::vector<run::RunResult> results;
  };
  struct Job {
    size_t entry;
    size_t replicate;
  };

  void make_dags();
  std::vector<Job> jobs_in_order() const;
  void run_job(const Job& job);

  size_t replicates_;
  std::vector<std::unique_ptr<Entry>> entries_;
  std::map<std::string, ExperimentId> known_;
  std::map<std::string, std::unique_ptr<SharedDag>> dags_;
};

}  // namespace wukong::reproduction
