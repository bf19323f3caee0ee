#include "scheduler/pywren/pywren.h"

#include <algorithm>
#include <string>

#include "scheduler/policy/initial_objects.h"
#include "scheduler/policy/stateless_task.h"
#include "sim/base/fields.h"
#include "sim/engine/span.h"
#include "sim/engine/wake_sink.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/functions/lambda_statistics.h"
#include "sim/hosts/machine.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"

namespace wukong::pywren {

using engine::Span;
using engine::SpanKind;
using engine::Task;

namespace {

// The task that goes on in the same call; none at the end of a chain.
TaskId next_in_chain(const dag::Dag& dag, TaskId task) {
  const auto successors = dag.successors(task);
  if (successors.size() != 1 || dag.predecessors(successors.front()).size() != 1)
    return TaskId::none();
  return successors.front();
}

std::vector<TaskId> tasks_of_call(const dag::Dag& dag, TaskId first, bool chains) {
  std::vector<TaskId> tasks{first};
  if (!chains) return tasks;
  for (TaskId next = next_in_chain(dag, first); next.valid(); next = next_in_chain(dag, next))
    tasks.push_back(next);
  return tasks;
}

std::string call_text(const dag::Dag& dag, const std::vector<TaskId>& tasks) {
  if (tasks.size() == 1) return "task " + dag.name(tasks.front());
  return "the chain of " + std::to_string(tasks.size()) + " tasks from " + dag.name(tasks.front()) +
         " on";
}

}  // namespace

void PyWrenOptions::visit(FieldVisitor& v) {
  v.group("store", store);
  v.field("client_machine", client_machine);
  v.duration("map_setup_s", map_setup);
  v.field("map_limit", map_limit, kCount);
  v.field("in_flight_limit", in_flight_limit, kCount);
  v.field("poll_while_invoking", poll_while_invoking);
  v.interval("poll_s", poll);
  v.interval("poll_after_progress_s", poll_after_progress);
  v.field("chains_in_one_call", chains_in_one_call);
  v.group("call", call);
}

std::vector<std::vector<TaskId>> map_levels(const dag::Dag& dag, bool chains_in_one_call) {
  std::vector<uint32_t> level_of(dag.task_count());
  std::vector<std::vector<TaskId>> levels;
  for (const TaskId task : dag.tasks()) {
    uint32_t level = 0;
    const auto predecessors = dag.predecessors(task);
    for (const TaskId before : predecessors) level = std::max(level, level_of[before.index()] + 1);
    const bool continues = chains_in_one_call && predecessors.size() == 1 &&
                           next_in_chain(dag, predecessors.front()) == task;
    level_of[task.index()] = continues ? level - 1 : level;
    if (continues) continue;
    if (levels.size() <= level) levels.resize(level + 1);
    levels[level].push_back(task);
  }
  return levels;
}

PyWren::PyWren(platform::Platform& platform, const dag::Dag& dag, const PyWrenOptions& options)
    : platform_(platform),
      engine_(platform.engine()),
      dag_(dag),
      options_(options),
      client_(platform.rent(options.client_machine)),
      store_(platform.add_store(options.store)),
      function_(platform.lambda().add_function(platform.spec().functions.executor())),
      calls_(platform, client_.host, store_, dag.object_count(), options.call),
      in_flight_(engine_, options.in_flight_limit) {
  platform.name_host(client_.host, "client");
  scheduler::preload_initial_objects(store_, dag);
}

// ---- the client

Task<scheduler::Failure> PyWren::run() {
  const auto levels = map_levels(dag_, options_.chains_in_one_call);
  const auto limit = static_cast<size_t>(options_.map_limit);
  for (const auto& level : levels) {
    for (size_t first = 0; first < level.size(); first += limit) {
      const auto calls = std::span(level).subspan(first, std::min(limit, level.size() - first));
      const scheduler::Failure failed = co_await map(calls);
      if (failed) co_return failed;
    }
  }
  co_return std::nullopt;
}

// One map, from its set-up until the client has all results.
Task<scheduler::Failure> PyWren::map(std::span<const TaskId> calls) {
  {
    const Span span(engine_, {SpanKind::work, "set-up of a map", client_.host.id.value()});
    co_await engine_.sleep(options_.map_setup, "the set-up of a map");
  }
  const bool uploaded = co_await calls_.upload();
  if (!uploaded) co_return "the client could not upload its function";
  const uint64_t end = seen_ + calls.size();
  engine::TaskGroup invocations(engine_);
  for (const TaskId first : calls) invocations.spawn(invoke(first), "PyWren call");
  // A call beyond the limit is made when the client has seen the end of another, so it looks.
  const bool all_at_once = std::ssize(calls) <= options_.in_flight_limit;
  if (!options_.poll_while_invoking && all_at_once) co_await invocations.join("its invocations");
  co_return co_await wait(end);
}

Task<> PyWren::invoke(TaskId first) {
  auto permit = co_await in_flight_.acquire("a place among the calls in flight");
  unseen_.push_back(std::move(permit));
  PyWrenCalls::Body body = [this, first](functions::Environment& environment) {
    return run_chain(environment, first);
  };
  const bool accepted = co_await calls_.call(function_, std::move(body));
  if (!accepted) refused_ = true;
}

// Looks at the statuses, fetches the results that are new, and sleeps, until all are there.
Task<scheduler::Failure> PyWren::wait(uint64_t end) {
  while (true) {
    co_await calls_.list_statuses(static_cast<size_t>(end - seen_));
    const uint64_t finished = calls_.finished();
    const uint64_t news = finished - seen_;
    if (news > 0) engine_.tell_fact(engine::FactUse::found, &calls_);
    co_await calls_.fetch_results(seen_, finished);
    seen_ = finished;
    unseen_.erase(unseen_.end() - static_cast<std::ptrdiff_t>(news), unseen_.end());
    const scheduler::Failure failed = failure();
    if (failed || seen_ == end) co_return failed;
    const Span span(engine_, {SpanKind::wait, "next look", client_.host.id.value()});
    co_await engine_.sleep(news > 0 ? options_.poll_after_progress : options_.poll,
                           "its next look at the statuses");
  }
}

// A real client would wait for ever for a call that Lambda has given up; this one says so.
scheduler::Failure PyWren::failure() const {
  const functions::LambdaStatistics& lambda = platform_.lambda().statistics();
  if (refused_)
    return "an invocation was refused, and PyWren does not try again: " + lambda.first_refusal;
  if (calls_.failed() > 0) return calls_.failed_text();
  if (calls_.lost_results()) return "the client could not read a result";
  if (lambda.dropped > 0) return "a call will never end: " + lambda.first_drop;
  return std::nullopt;
}

// ---- the function

Task<bool> PyWren::run_chain(functions::Environment& environment, TaskId first) {
  scheduler::SameFunction same;
  for (TaskId task = first; task.valid(); task = same.after) {
    same.after = options_.chains_in_one_call ? next_in_chain(dag_, task) : TaskId::none();
    const bool ran = co_await scheduler::run_stateless_task(platform_, store_, dag_,
                                                            environment.host, task, same);
    if (!ran) co_return false;
    same.before = task;
  }
  co_return true;
}

// A call runs at least as long as its tasks compute; what it reads and writes comes on top.
std::optional<scheduler::LimitExceeded> pywren_limits(const platform::PlatformSpec& platform,
                                                      const dag::Dag& dag,
                                                      const scheduler::Options& options) {
  const auto& pywren = dynamic_cast<const PyWrenOptions&>(options);
  if (!pywren.call.longest_run) return std::nullopt;
  const double vcpus = platform.functions.environment.vcpus(platform.functions.memory_mb);
  for (const auto& level : map_levels(dag, pywren.chains_in_one_call)) {
    for (const TaskId first : level) {
      const std::vector<TaskId> tasks = tasks_of_call(dag, first, pywren.chains_in_one_call);
      Duration busy;
      for (const TaskId task : tasks)
        busy += execution_time(dag.cost(task), vcpus, platform.compute);
      auto limit = call_limit(pywren.call, call_text(dag, tasks), busy);
      if (!limit) continue;
      limit->option = "call." + limit->option;
      return limit;
    }
  }
  return std::nullopt;
}

std::unique_ptr<scheduler::System> make_pywren(platform::Platform& platform, const dag::Dag& dag,
                                               const scheduler::Options& options) {
  return std::make_unique<PyWren>(platform, dag, dynamic_cast<const PyWrenOptions&>(options));
}

}  // namespace wukong::pywren
