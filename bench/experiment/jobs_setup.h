// A workload of many jobs, as an experiment says it:
//
//   workload:
//     jobs:
//       of: [{tsqr: {rows: 1048576}}, {wfformat: montage.json, weight: 3, name: montage}]
//       arrivals: {poisson_per_minute: 30}
//       count: 500
//
// Each is a run of the experiment's system on a workload, drawn by weight; the system's functions,
// and so their warm environments, are the same for all of them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/experiment/workload_setup.h"
#include "workloads/arrivals/arrival_options.h"

namespace wukong::experiment {

enum class StoreSharing { own, shared };
constexpr std::string_view kStoreSharingNames[] = {"own", "shared"};

// The options of a kind of jobs beside its workload.
struct KindOptions {
  std::string name;
  double weight = 1;

  void visit(FieldVisitor& v);
};

struct JobsOptions {
  arrivals::ArrivalOptions arrivals;
  // Jobs, and when the last of them may arrive; what draws its arrivals needs one of them.
  std::optional<int64_t> count;
  std::optional<Duration> until;
  StoreSharing stores = StoreSharing::own;
  Duration warm_up;  // jobs that arrive before are in no statistics

  void visit(FieldVisitor& v);
};

struct JobKind {
  std::string name;
  double weight = 1;
  WorkloadSetup workload;
};

struct JobsSetup {
  std::vector<JobKind> kinds;
  JobsOptions options;
  parameters::Origin origin;

  // Each run's arrivals: the same with the same seed. Throws Error, placed where they are written.
  std::unique_ptr<arrivals::Arrivals> make_arrivals(uint64_t seed) const;
};

// What stands below `workload.jobs`; what it read is added to `effective`.
JobsSetup make_jobs(const parameters::ParameterTree& written, const Catalog& catalog,
                    std::vector<parameters::EffectiveParameter>& effective);

}  // namespace wukong::experiment
