#include "bench/simulation/jobs_simulation.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/simulation/collect.h"
#include "bench/simulation/failure.h"
#include "bench/simulation/simulation.h"
#include "scheduler/policy/policy.h"
#include "sim/accounting/execution_limit.h"
#include "sim/base/check.h"
#include "sim/base/error.h"
#include "sim/engine/family.h"
#include "sim/fluid/fluid.h"
#include "sim/functions/lambda_client.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"
#include "workloads/dag/dag.h"

namespace wukong::simulation {
namespace {

// What every kind's job takes on a cloud that is its own; nothing: it fails there, too.
std::vector<std::optional<Duration>> times_alone(const platform::PlatformSpec& platform,
                                                 const run::JobLoad& load,
                                                 const RunOptions& options) {
  std::vector<std::optional<Duration>> times;
  for (const run::Job& kind : load.kinds) {
    Simulation simulation(platform, {.seed = options.seed, .horizon = options.horizon});
    simulation.start(kind);
    const run::RunResult result = simulation.run();
    times.push_back(result.completed ? std::optional(result.makespan) : std::nullopt);
  }
  return times;
}

}  // namespace

struct JobsSimulation::LiveJob {
  LiveJob(JobsSimulation& simulation, const run::Job& job, arrivals::Arrival arrival,
          uint64_t number)
      : job(job),
        arrival(arrival),
        number(number),
        platform(simulation.cloud_, run::seed_of_job(simulation.options_.seed, number),
                 simulation.shared_.get()),
        family(simulation.engine_) {
    const size_t tasks = job.dag->task_count();
    platform.executions().set(most_executions(tasks), tasks);
  }

  const run::Job& job;
  const arrivals::Arrival arrival;
  const uint64_t number;
  bool ended = false;  // its client has
  Time ended_at;
  scheduler::Failure failure;
  // Destroyed in the opposite order: processes use the system, which uses the platform.
  platform::Platform platform;
  std::unique_ptr<scheduler::System> system;
  engine::Family family;
};

JobsSimulation::JobsSimulation(const platform::PlatformSpec& platform, const run::JobLoad& load,
                               const RunOptions& options)
    : spec_(platform),
      load_(load),
      options_(options),
      alone_(times_alone(platform, load, options)),
      engine_(clock_),
      cloud_(engine_, platform) {
  ENSURE(!load.kinds.empty());
  if (load.shared_stores) shared_ = std::make_unique<platform::Platform>(cloud_, options.seed);
}

JobsSimulation::~JobsSimulation() { engine_.clear(); }

engine::Task<> JobsSimulation::run_client(LiveJob& job, engine::Engine& engine) {
  // Whatever the system spawns is of the job's family.
  job.system = job.job.policy->make_system(job.platform, *job.job.dag, *job.job.options);
  job.failure = co_await job.system->run();
  job.ended_at = engine.now();
  job.ended = true;
}

engine::Task<> JobsSimulation::arrive(run::RunResult& result) {
  const std::unique_ptr<arrivals::Arrivals> arrivals = load_.arrivals(options_.seed);
  for (uint64_t number = 0; const auto arrival = arrivals->next(); ++number) {
    co_await engine_.sleep_until(arrival->at, "the next job's arrival");
    engine_.spawn(live(result, *arrival, number), "job");
  }
}

engine::Task<> JobsSimulation::live(run::RunResult& result, arrivals::Arrival arrival,
                                    uint64_t number) {
  LiveJob job(*this, load_.kinds.at(arrival.kind.index()), arrival, number);
  living_.push_back(&job);
  engine_.spawn_in(job.family, run_client(job, engine_), "client");
  co_await job.family.ended("the end of its client and functions");
  job.family.kill_all();
  job.platform.settle();
  collect(job, result);
  std::erase(living_, &job);
}

void JobsSimulation::collect(LiveJob& job, run::RunResult& result) const {
  const functions::LambdaStatistics& lambda = job.platform.lambda().statistics();
  result.tasks += job.job.dag->task_count();
  result.edges += job.job.dag->edge_count();
  add_platform(job.platform, result);
  const bool failed = !job.ended || job.failure;
  const Duration response = job.ended_at - job.arrival.at;
  const std::optional<Duration>& alone = alone_[job.arrival.kind.index()];
  run::LoadResult& load = *result.load;
  if (job.ended) load.until = std::max(load.until, job.ended_at.since_start());
  for (run::LoadGroup* group : {&load.all, &load.groups[job.arrival.kind.index()]}) {
    ++group->arrived;
    if (failed && group->failed++ == 0)
      group->first_failure = fmt::format("job {} at {:.3f} s: {}", job.number,
                                         job.arrival.at.to_seconds(), job.failure.value_or(""));
    if (job.arrival.at < Time::at(load_.warm_up)) {
      ++group->left_out;
      continue;
    }
    group->invocations += lambda.invocations;
    group->cold_starts += lambda.cold_starts;
    group->cost += job.platform.ledger().total();
    if (failed) continue;
    group->response.add(response);
    if (alone) group->slowdown.add(run::sketched_slowdown(response, *alone));
    if (lambda.invocations > 0)
      group->queueing.add(lambda.queued / static_cast<int64_t>(lambda.invocations));
  }
}

// Those that still wait are what cannot go on, or has no time left.
void JobsSimulation::give_up_living(run::RunResult& result, const std::string& reason) {
  for (LiveJob* const job : living_) {
    if (!job->ended) job->failure = reason;
    job->platform.settle();
    collect(*job, result);
  }
}

void JobsSimulation::collect_cloud(run::RunResult& result) {
  run::LoadResult& load = *result.load;
  add_levels(cloud_.functions().levels(), engine_.now(), load, result);
  if (shared_) {
    shared_->settle();
    result.cost.add(shared_->ledger());
    load.shared_cost = shared_->ledger().total();
  }
  result.trace_hash = engine_.trace().hash();
}

run::RunResult JobsSimulation::run() {
  run::RunResult result;
  result.system = load_.kinds.front().system;
  result.workload = "jobs";
  result.seed = options_.seed;
  result.load.emplace().all.name = "all";
  for (size_t kind = 0; kind < load_.kinds.size(); ++kind) {
    run::LoadGroup& group = result.load->groups.emplace_back();
    group.name = load_.kinds[kind].workload;
    group.alone = alone_[kind];
  }
  engine_.spawn(arrive(result), "arrivals");
  run_to_end(result);
  collect_cloud(result);
  engine_.clear();
  if (options_.check) add_violations(broken_invariants(result), result);
  result.completed = result.failure.empty();
  result.makespan = result.load->until;
  result.reported = result.makespan;
  return result;
}

// What a job's client says is a failure of that job. What ends the engine ends the load.
void JobsSimulation::run_to_end(run::RunResult& result) {
  try {
    if (engine_.run(Time::at(options_.horizon))) return;
    result.horizon = options_.horizon;
    result.failure = fmt::format("the horizon of {} s was reached while {} jobs were under way",
                                 options_.horizon.to_seconds(), living_.size());
    give_up_living(result, "the horizon was reached");
  } catch (const engine::Deadlock&) {
    give_up_living(result, "its functions or messages were lost, and it waits for ever");
  } catch (const Error&) {
    engine_.clear();
    throw;
  } catch (const std::bad_alloc&) {  // says nothing of the run
    engine_.clear();
    throw;
  } catch (const accounting::TooManyExecutions&) {
    const auto avalanche = std::find_if(living_.begin(), living_.end(), [](LiveJob* job) {
      return job->platform.executions().exceeded();
    });
    ENSURE(avalanche != living_.end());
    explain_avalanche((*avalanche)->platform, nullptr, (*avalanche)->job, result);
    result.failure = fmt::format("job {}: {}", (*avalanche)->number, result.failure);
    give_up_living(result, "the load was ended");
  } catch (const std::exception& error) {
    result.failure = error.what();
    give_up_living(result, "the load was ended");
  }
}

// What holds of an account whatever its jobs do. REQUIRES: no process is left.
std::vector<std::string> JobsSimulation::broken_invariants(const run::RunResult& result) const {
  std::vector<std::string> broken = broken_levels(spec_, cloud_.functions().levels());
  if (cloud_.resources().active() > 0) broken.push_back("transfers are left when all has ended");
  const run::LoadGroup& all = result.load->all;
  uint64_t arrived = 0;
  Money cost;
  for (const run::LoadGroup& group : result.load->groups) {
    arrived += group.arrived;
    cost += group.cost;
  }
  if (arrived != all.arrived) broken.push_back("the kinds' jobs are not as many as all jobs");
  if (cost != all.cost) broken.push_back("the kinds' costs do not add up to that of all jobs");
  const bool whole = load_.warm_up == Duration::zero();
  if (whole && all.cost + result.load->shared_cost != result.cost.total())
    broken.push_back("the jobs' costs do not add up to that of the load");
  if (!result.horizon && result.failure.empty() && cloud_.functions().unfinished() > 0)
    broken.push_back("invocations are left when all has ended");
  return broken;
}

}  // namespace wukong::simulation
