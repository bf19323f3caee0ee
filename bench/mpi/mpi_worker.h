// A rank that works: takes chunks from rank 0 and sends it the records. The main thread talks; the
// runs are done by a second one, so that a long run does not look like a dead rank.
#pragma once

#include <boost/mpi/communicator.hpp>

#include "bench/sweep/sweep_plan.h"

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::mpi {

// Returns when rank 0 has no more work; true if a rank has died on the way.
bool work_for_rank_0(const boost::mpi::communicator& world, const sweep::SweepPlan& plan,
                     const experiment::Catalog& catalog);

}  // namespace wukong::mpi
