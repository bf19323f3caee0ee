// Many jobs on one account: which there are, and when they arrive.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bench/run/job.h"
#include "sim/base/time.h"
#include "workloads/arrivals/arrivals.h"

namespace wukong::run {

struct JobLoad {
  // What an arrival's kind means; its DAG and options outlive the load's run.
  std::vector<Job> kinds;
  // The load's arrivals, made anew for each run.
  std::function<std::unique_ptr<arrivals::Arrivals>(uint64_t seed)> arrivals;
  // Jobs use the same servers of a store, which are there for the whole run; else each rents its
  // own.
  bool shared_stores = false;
  // Jobs that arrive before are run, but in no statistics.
  Duration warm_up;
};

// A job's seed: that of `wukong run --seed`, which repeats it alone.
uint64_t seed_of_job(uint64_t seed, uint64_t number);

}  // namespace wukong::run
