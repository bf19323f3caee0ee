// Runs systems on workloads. One run is one engine with one seed, entirely in one thread; runs of
// different systems and seeds go in parallel, and share only the DAG and the parameters, which
// nobody changes. Results do not depend on the number of threads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bench/experiment.h"
#include "bench/run_listener.h"
#include "sim/faults/fault_spec.h"
#include "sim/platform/ledger.h"
#include "sim/platform/platform.h"
#include "sim/platform/usage.h"
#include "workloads/kernels/computation.h"

namespace wukong::bench {

// What is still there when everything has ended and every process is gone.
struct Leftovers {
  size_t processes = 0;
  size_t flows = 0;
  size_t invocations = 0;  // accepted, and not at their end
  size_t messages = 0;     // sent, and not removed
};

// What one run gave.
struct RunResult {
  std::string system;  // its label in the experiment
  std::string workload;
  uint64_t seed = 0;
  bool completed = false;
  bool deadlocked = false;  // nobody could go on; a failure of the policy, not of the platform
  std::string failure;      // why it did not complete
  Duration makespan;        // until the client had the results; only if it completed
  uint64_t tasks = 0;
  uint64_t edges = 0;
  Bytes input;   // of the DAG: what is there before the run
  Bytes result;  // of the DAG: what no task reads
  uint64_t executed = 0;
  uint64_t invocations = 0;
  uint64_t cold_starts = 0;
  uint64_t throttles = 0;
  uint64_t retries = 0;  // executions of functions that had failed
  uint64_t dropped = 0;  // invocations given up after their last retry
  uint64_t refused = 0;  // invocations that the API did not take
  uint64_t peak_concurrency = 0;
  std::vector<sim::FunctionConfig> functions;  // of the system, by id
  double billed_gb_s = 0;
  int64_t workers = 0;  // functions that the system means to keep running side by side; 0: none
  double cpu_core_s = 0;
  double cpu_whole_core_s = 0;  // with a function's vCPUs rounded up, as the papers count
  sim::Ledger cost;
  sim::Usage usage;
  uint64_t trace_hash = 0;
  std::vector<sim::InjectedFault> faults;  // in the order in which they struck
  sim::FaultCounts fault_opportunities{};
  Leftovers leftovers;
  std::vector<std::string> warnings;    // what is odd about the workload
  std::vector<std::string> violations;  // of invariants, if they were checked
  // Of an emulated run that completed: a wrong result is a failure.
  std::optional<workloads::Verification> verification;
};

struct RunOptions {
  uint64_t seed = 1;
  Duration horizon = kDefaultHorizon;
  const sim::FaultSpec* faults = nullptr;  // null or empty: none
  bool check = false;                      // a broken invariant is a failure
  sim::TraceSink* sink = nullptr;          // hears everything that happens
  RunListener* listener = nullptr;         // hears what hosts are busy with
};

// Of all results, each once, in order.
std::vector<std::string> warnings_of(std::span<const RunResult> results);

// Throws Error if the policy refuses the workload.
RunResult run_once(const sim::PlatformSpec& platform, const SystemSetup& system,
                   const std::string& workload, const workloads::Dag& dag,
                   const RunOptions& options);

// Who watches the first replicate of which system.
struct Watch {
  size_t system = 0;
  RunListener* listener = nullptr;
};

// A result that has no end yet.
RunResult begin_result(const SystemSetup& system, const std::string& workload,
                       const workloads::Dag& dag, uint64_t seed);
// Runs the system on its platform to its end, whatever that is, and settles the platform. No
// process of the system is left.
void run_to_end(sim::Engine& engine, sim::Platform& platform, const SystemSetup& setup,
                scheduler::System& system, const workloads::Dag& dag, Duration horizon,
                RunResult& result);

// Every system with seeds seed, seed + 1, ...; by system, then by seed. `threads` at 0: one for
// each core.
std::vector<RunResult> run_experiment(const Experiment& experiment, unsigned threads,
                                      const Watch& watch = {});

}  // namespace wukong::bench
