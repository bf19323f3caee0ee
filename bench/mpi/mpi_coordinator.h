// Rank 0: answers the workers from the coordinator, and notices those that die.
#pragma once

#include <boost/mpi/communicator.hpp>
#include <optional>

#include "bench/sweep/coordinator.h"
#include "bench/sweep/progress_display.h"
#include "bench/sweep/signal_watch.h"

namespace wukong::bench {

struct ServiceEnd {
  std::optional<int> signal;  // that stopped it
  bool lost_ranks = false;
};

// Returns when all is done, or after a signal. Throws Error if no worker is left.
ServiceEnd serve_workers(const boost::mpi::communicator& world, Coordinator& coordinator,
                         SignalWatch& signals, ProgressDisplay& display);

}  // namespace wukong::bench
