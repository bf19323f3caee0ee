#include "bench/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <thread>

#include "bench/feasibility.h"
#include "bench/invariants/invariants.h"
#include "sim/base/check.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "sim/faults/faulty_backend.h"

namespace wukong::bench {
namespace {

// How the client's work ended, and when.
struct ClientEnd {
  bool reached = false;
  Duration at;
  scheduler::Failure failure;
};

sim::Task<> run_client(scheduler::System& system, sim::Engine& engine, ClientEnd& end) {
  end.failure = co_await system.run();
  end.at = engine.now().since_start();
  end.reached = true;
}

// Why nobody can go on: lost invocations are the cause where there are any, the rest follows.
void explain_deadlock(const sim::Deadlock& deadlock, const sim::LambdaStatistics& statistics,
                      RunResult& result) {
  if (statistics.dropped == 0) {
    result.deadlocked = true;
    result.failure = deadlock.what();
    return;
  }
  result.failure = fmt::format("{} invocation{} given up after the last retry; the first one: {}",
                               statistics.dropped, statistics.dropped == 1 ? " was" : "s were",
                               statistics.first_drop);
}

void add_dag_bytes(const workloads::Dag& dag, RunResult& result) {
  for (const ObjectId object : dag.objects()) {
    if (!dag.producer(object).valid())
      result.input += dag.size(object).actual;
    else if (dag.consumers(object).empty())
      result.result += dag.size(object).actual;
  }
}

// The client may have its results, and functions run on without an end. Their bill is open then.
std::string explain_horizon(Duration horizon, const ClientEnd& end, const sim::Usage& usage,
                            const workloads::Dag& dag) {
  std::string text =
      fmt::format("still running after {:.9g} s of simulated time: {} of {} tasks had run",
                  horizon.to_seconds(), usage.tasks_done, dag.task_count());
  if (usage.executed > usage.tasks_done)
    text += fmt::format(" ({} executions were begun)", usage.executed);
  if (end.reached)
    text += fmt::format("; the client had its results at {:.9g} s", end.at.to_seconds());
  return text;
}

// Results that came although tasks never ran: a fan-in has fired too early, say.
std::string explain_missing_tasks(const ClientEnd& end, const sim::Usage& usage,
                                  const workloads::Dag& dag) {
  const uint64_t done = usage.tasks_done;
  if (done == dag.task_count()) return "";
  return fmt::format("the client had its results at {:.9g} s, but {} of {} tasks never ran",
                     end.at.to_seconds(), dag.task_count() - done, dag.task_count());
}

void collect(sim::Engine& engine, sim::Platform& platform, RunResult& result) {
  const sim::LambdaStatistics& statistics = platform.lambda().statistics();
  result.executed = platform.usage().executed;
  result.invocations = statistics.invocations;
  result.cold_starts = statistics.cold_starts;
  result.throttles = statistics.throttles;
  result.retries = statistics.retries;
  result.dropped = statistics.dropped;
  result.refused = statistics.refused;
  result.peak_concurrency = statistics.peak_concurrency;
  result.functions = platform.lambda().functions();
  result.billed_gb_s = statistics.billed_gb_s;
  result.cpu_core_s = statistics.vcpu_s + platform.machine_vcpu_s();
  result.cpu_whole_core_s = statistics.whole_vcpu_s + platform.machine_vcpu_s();
  result.cost = platform.ledger();
  result.usage = platform.usage();
  result.trace_hash = engine.trace().hash();
}

// After engine.clear(), which has taken all processes away.
Leftovers leftovers_of(const sim::Engine& engine, const sim::Platform& platform) {
  return {.processes = engine.live_processes(),
          .flows = platform.network().active_flows(),
          .invocations = platform.lambda().unfinished(),
          .messages = platform.kept_messages()};
}

// A run that stands still after faults has lost work to them; that is no deadlock of the policy.
void add_faults(const sim::FaultPlan& plan, RunResult& result) {
  result.faults = plan.injected();
  result.fault_opportunities = plan.opportunities();
  if (result.completed || result.faults.empty()) return;
  const sim::InjectedFault& first = result.faults.front();
  const std::string text = describe(std::vector{first.point});
  if (result.deadlocked)
    result.failure = fmt::format(
        "work was lost, and nobody will do it again: {} fault{}, the first one {} at {:.6g} s; {}",
        result.faults.size(), result.faults.size() == 1 ? "" : "s", text, first.at.to_seconds(),
        result.failure);
  result.deadlocked = false;
}

void add_violations(std::vector<std::string> violations, RunResult& result) {
  result.violations = std::move(violations);
  if (result.violations.empty()) return;
  const std::string text =
      fmt::format("an invariant does not hold: {}", fmt::join(result.violations, "; "));
  result.failure = result.failure.empty() ? text : result.failure + "; " + text;
  result.completed = false;
}

}  // namespace

RunResult begin_result(const SystemSetup& setup, const std::string& workload,
                       const workloads::Dag& dag, uint64_t seed) {
  RunResult result;
  result.system = setup.label;
  result.workload = workload;
  result.seed = seed;
  result.tasks = dag.task_count();
  result.edges = dag.edge_count();
  add_dag_bytes(dag, result);
  return result;
}

void run_to_end(sim::Engine& engine, sim::Platform& platform, const SystemSetup& setup,
                scheduler::System& system, const workloads::Dag& dag, Duration horizon,
                RunResult& result) {
  ClientEnd end;
  engine.spawn(run_client(system, engine, end), "client");
  try {
    const bool ended = engine.run(Time::at(horizon));
    ENSURE((end.reached || !ended) && "the client is a process, so its end was waited for");
    if (!ended) result.failure = explain_horizon(horizon, end, platform.usage(), dag);
  } catch (const sim::Deadlock& deadlock) {
    if (!end.failure) explain_deadlock(deadlock, platform.lambda().statistics(), result);
  } catch (const Error&) {
    engine.clear();
    throw;
  } catch (const std::exception& error) {
    result.failure = error.what();
  }
  // The client's own reason comes first: those who still wait then do so because of it.
  if (end.failure) result.failure = end.failure->empty() ? "no reason given" : *end.failure;
  if (result.failure.empty() && setup.policy->task_hosts != scheduler::TaskHosts::none)
    result.failure = explain_missing_tasks(end, platform.usage(), dag);
  result.completed = result.failure.empty();
  if (result.completed) result.makespan = end.at;
  platform.settle();
  collect(engine, platform, result);
  result.workers = system.workers();
  engine.clear();  // what still runs uses the system, which goes before the platform
}

RunResult run_once(const sim::PlatformSpec& platform_spec, const SystemSetup& setup,
                   const std::string& workload, const workloads::Dag& dag,
                   const RunOptions& options) {
  RunResult result = begin_result(setup, workload, dag, options.seed);
  sim::VirtualClock clock;
  sim::Engine engine(clock);
  std::optional<InvariantChecker> checker;
  if (options.check) checker.emplace(dag, platform_spec, options.sink);
  engine.trace().listen(checker ? &*checker : options.sink);
  engine.watch(options.listener);
  sim::ModelledBackend modelled;
  std::optional<sim::FaultyBackend> faulty;
  if (options.faults != nullptr && !options.faults->empty())
    faulty.emplace(engine, *options.faults, options.seed, modelled);
  sim::Backend& backend = faulty ? static_cast<sim::Backend&>(*faulty) : modelled;
  sim::Platform platform(engine, platform_spec, options.seed, backend);
  if (faulty) faulty->attach(platform);
  if (options.listener != nullptr) options.listener->start(platform, dag);
  const std::unique_ptr<scheduler::System> system =
      setup.policy->make_system(platform, dag, *setup.options);
  run_to_end(engine, platform, setup, *system, dag, options.horizon, result);
  if (faulty) add_faults(faulty->plan(), result);
  result.leftovers = leftovers_of(engine, platform);
  if (checker)
    add_violations(checker->end(result, expectations(setup, dag, platform_spec, result)), result);
  if (options.listener != nullptr) options.listener->finish(engine.now(), result);
  return result;
}

std::vector<RunResult> run_experiment(const Experiment& experiment, unsigned threads,
                                      const Watch& watch) {
  std::array<std::optional<workloads::Dag>, 2> dags;
  for (const SystemSetup& system : experiment.systems) {
    auto& dag = dags[static_cast<size_t>(system.policy->form)];
    if (!dag) dag = experiment.workload.make_dag(system.policy->form);
    check_feasible(experiment, system, *dag);
  }
  const auto replicates = static_cast<size_t>(experiment.replicates);
  const size_t runs = experiment.systems.size() * replicates;
  std::vector<RunResult> results(runs);
  std::vector<std::exception_ptr> errors(runs);
  std::atomic<size_t> next = 0;
  std::atomic<bool> failed = false;
  const auto work = [&] {
    for (size_t i = next++; i < runs && !failed; i = next++) {
      const SystemSetup& system = experiment.systems[i / replicates];
      const workloads::Dag& dag = *dags[static_cast<size_t>(system.policy->form)];
      try {
        const RunOptions options{
            .seed = experiment.seed + i % replicates,
            .horizon = experiment.horizon,
            .faults = &experiment.faults,
            .check = experiment.check,
            .listener = i == watch.system * replicates ? watch.listener : nullptr};
        results[i] =
            run_once(experiment.platform, system, experiment.workload.name(), dag, options);
      } catch (...) {
        errors[i] = std::current_exception();
        failed = true;
      }
    }
  };
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  {
    std::vector<std::jthread> workers;
    for (size_t i = 1; i < std::min<size_t>(threads, runs); ++i) workers.emplace_back(work);
    work();
  }
  for (const std::exception_ptr& error : errors)
    if (error) std::rethrow_exception(error);
  return results;
}

}  // namespace wukong::bench
