// What one run gave: all that reports, documents and checks know of it. Filled by the simulation
// that ran it; times are simulated ones, or in an emulation those of its clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bench/run/critical_path.h"
#include "bench/run/load_result.h"
#include "sim/accounting/ledger.h"
#include "sim/accounting/usage.h"
#include "sim/base/bytes.h"
#include "sim/faults/fault_kind.h"
#include "sim/functions/function_config.h"
#include "workloads/computations/verification.h"

namespace wukong::run {

// What is still there when everything has ended and every process is gone.
struct Leftovers {
  size_t processes = 0;
  size_t flows = 0;
  size_t invocations = 0;  // accepted, and not at their end
  size_t messages = 0;     // sent, and not removed
};

// By how much an emulation's loop was behind the wall clock when it came to an event; in the run's
// time, as the makespan.
struct Lag {
  Duration furthest;
  Duration mean;
};

struct RunResult {
  std::string system;  // its label in the experiment
  std::string workload;
  uint64_t seed = 0;
  bool completed = false;
  bool deadlocked = false;  // nobody could go on; a failure of the policy, not of the platform
  std::optional<Duration> horizon;  // it was ended there
  bool avalanche = false;           // it was ended, because what it repeated was repeated in turn
  std::string failure;              // why it did not complete
  // Why it was not even begun: the system cannot run this workload on this platform. Then it is
  // the failure, too. Empty: it was begun.
  std::string refusal;
  Duration makespan;  // until the client had the results; only if it completed
  Duration reported;  // by the system's own clock, which may have started later; the same
  uint64_t tasks = 0;
  uint64_t edges = 0;
  Bytes input;   // of the DAG: what is there before the run
  Bytes result;  // of the DAG: what no task reads
  uint64_t executed = 0;
  uint64_t invocations = 0;
  uint64_t cold_starts = 0;
  uint64_t throttles = 0;
  uint64_t failed_executions = 0;  // of functions: crashed, given up, or at their time limit
  uint64_t retries = 0;            // executions of functions that had failed
  uint64_t dropped = 0;            // invocations given up after their last retry
  uint64_t aged_out = 0;           // of those, the ones that were throttled for too long
  uint64_t refused = 0;            // invocations that the API did not take
  uint64_t peak_concurrency = 0;
  std::vector<functions::FunctionConfig> functions;  // of the system, by id
  double billed_gb_s = 0;
  int64_t workers = 0;  // functions that the system means to keep running side by side; 0: none
  double cpu_core_s = 0;
  double cpu_whole_core_s = 0;  // with a function's vCPUs rounded up, as the papers count
  accounting::Ledger cost;
  accounting::Usage usage;
  uint64_t trace_hash = 0;
  std::vector<faults::InjectedFault> faults;  // in the order in which they struck
  faults::FaultCounts fault_opportunities{};
  Leftovers leftovers;
  std::vector<std::string> warnings;    // what is odd about the workload
  std::vector<std::string> violations;  // of invariants, if they were checked
  // Of an emulated run that completed: a wrong result is a failure.
  std::optional<computations::Verification> verification;
  // Of an emulated run: how late its events were.
  std::optional<Lag> lag;
  std::optional<CriticalPath> critical_path;  // if somebody asked for it, and it completed
  // Of many jobs: then what stands above is the sum of all, and the makespan the last one's end.
  std::optional<LoadResult> load;
};

// Of all results, each once, in order.
std::vector<std::string> warnings_of(std::span<const RunResult> results);

}  // namespace wukong::run
