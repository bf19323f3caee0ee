// `wukong_mpi`: what `mpirun -n N wukong sweep ...` becomes. Not for users: `wukong` starts it in
// its own place when it finds itself started by mpirun, so that it needs no MPI library itself.
#include <boost/mpi/communicator.hpp>
#include <boost/mpi/environment.hpp>
#include <cstdlib>
#include <memory>

#include "bench/command_line/program.h"
#include "bench/commands/program.h"
#include "bench/mpi/mpi_coordinator.h"
#include "bench/mpi/mpi_worker.h"
#include "bench/mpi/start_watch.h"
#include "bench/sweep_runner/command_sweep.h"
#include "bench/text/output_width.h"
#include "bench/text/tell.h"

namespace wukong::mpi {
namespace {

sweep_runner::SweepOutcome run_with_ranks(const boost::mpi::communicator& world,
                                          const sweep::SweepPlan& plan,
                                          const experiment::Catalog& catalog,
                                          const sweep_runner::SweepOptions& options,
                                          bool& lost_ranks) {
  if (world.size() == 1) return sweep_runner::run_sweep(plan, catalog, options);
  if (world.rank() == 0)
    return sweep_runner::conduct_sweep(
        plan, catalog, options, static_cast<size_t>(world.size() - 1),
        [&](sweep_runner::Coordinator& coordinator, sweep_runner::SignalWatch& signals,
            sweep_runner::ProgressDisplay& display) {
          const ServiceEnd end = serve_workers(world, coordinator, signals, display);
          lost_ranks = end.lost_ranks;
          return end.signal;
        });
  // mpirun passes Ctrl-C on to all ranks; rank 0 is the one that acts on it.
  sweep_runner::SignalWatch signals;
  lost_ranks = work_for_rank_0(world, plan, catalog);
  sweep_runner::SweepOutcome outcome;
  outcome.reported_elsewhere = true;
  return outcome;
}

int run_program(const boost::mpi::communicator& world, int argc, char** argv, bool& lost_ranks) {
  command_line::Program program("wukong", "Simulates schedulers of DAGs on serverless platforms.");
  program.fit_help(text::output_width());
  program.root().require_command();
  sweep_runner::add_sweep_command(
      program.root(),
      [&world, &lost_ranks](const sweep::SweepPlan& plan, const experiment::Catalog& catalog,
                            const sweep_runner::SweepOptions& options) {
        return run_with_ranks(world, plan, catalog, options, lost_ranks);
      });
  return commands::run_command(program, argc, argv);
}

}  // namespace
}  // namespace wukong::mpi

int main(int argc, char** argv) {
  wukong::text::guard_standard_streams();
  namespace commands = wukong::commands;
  std::unique_ptr<wukong::mpi::StartWatch> starting;
  const int bad_limit = commands::run_guarded([&] {
    starting = std::make_unique<wukong::mpi::StartWatch>(wukong::mpi::longest_mpi_start());
    return 0;
  });
  if (bad_limit != 0) return bad_limit;
  const boost::mpi::environment environment(boost::mpi::threading::funneled);
  const boost::mpi::communicator world;
  starting.reset();
  bool lost_ranks = false;
  const int code = commands::run_guarded(
      [&] { return wukong::mpi::run_program(world, argc, argv, lost_ranks); });
  // The others would wait for rank 0 for ever. What is finished is in the file.
  const bool by_error = code == commands::kBadInput || code == commands::kBug ||
                        code == commands::kNotWritten || code == commands::kReaderGone;
  if (by_error) world.abort(code);
  // MPI_Finalize would wait for the dead.
  if (lost_ranks) std::quick_exit(code);
  return code;
}
