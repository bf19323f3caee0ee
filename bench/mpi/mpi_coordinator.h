// Rank 0: answers the workers from the coordinator, and notices those that die.
#pragma once

#include <boost/mpi/communicator.hpp>
#include <optional>

#include "bench/sweep_runner/coordinator.h"
#include "bench/sweep_runner/progress_display.h"
#include "bench/sweep_runner/signal_watch.h"

namespace wukong::mpi {

struct ServiceEnd {
  std::optional<int> signal;  // that stopped it
  bool lost_ranks = false;
};

// Returns when all is done, or after a signal. Throws Error if no worker is left.
ServiceEnd serve_workers(const boost::mpi::communicator& world,
                         sweep_runner::Coordinator& coordinator, sweep_runner::SignalWatch& signals,
                         sweep_runner::ProgressDisplay& display);

}  // namespace wukong::mpi
