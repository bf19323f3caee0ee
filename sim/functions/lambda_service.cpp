#include "sim/functions/lambda_service.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/accounting/ledger.h"
#include "sim/accounting/usage.h"
#include "sim/base/check.h"
#include "sim/base/error.h"
#include "sim/engine/span.h"
#include "sim/engine/trace.h"
#include "sim/functions/admission.h"
#include "sim/functions/cold_start.h"
#include "sim/functions/function_listener.h"
#include "sim/functions/invocation_faults.h"
#include "sim/functions/keep_alive/policies.h"
#include "sim/functions/lambda_client.h"
#include "sim/functions/lambda_function.h"
#include "sim/functions/lambda_invocation.h"
#include "sim/functions/provisioned_concurrency.h"
#include "sim/functions/warm_pool/pool_memory.h"
#include "sim/hosts/host_factory.h"

namespace wukong::functions {

using outside::CallEnd;
using warm_pool::PoolEvent;
using warm_pool::WarmPool;

namespace {

std::string oversize_text(const Environment& environment, const InvocationSpec& spec) {
  return "its answer of " + std::to_string(environment.response.count()) + " B is more than the " +
         std::to_string(spec.sync_response_limit.count()) +
         " B that it may have (Function.ResponseSizeTooLarge)";
}

WarmPool& pool_of(LambdaFunction& function, const Environment& environment) {
  return environment.provisioned ? function.provisioned->pool() : function.pool;
}

std::string handler_failure(const Environment& environment) {
  const std::string text = "its handler failed";
  return environment.failure.empty() ? text : text + ": " + environment.failure;
}

}  // namespace

void LambdaService::GiveBack::operator()(Invocation* invocation) const {
  service->give_back(*invocation);
}

LambdaService::LambdaService(engine::Engine& engine, hosts::HostFactory& hosts,
                             const LambdaSpec& spec)
    : engine_(engine),
      hosts_(hosts),
      spec_(spec),
      admission_(std::make_unique<Admission>(spec, engine.now())),
      pool_memory_(std::make_unique<warm_pool::PoolMemory>(spec.warm_pool.memory_limit_mb)),
      cold_starts_(std::make_unique<ColdStartModel>(spec)) {}

LambdaService::~LambdaService() = default;

void LambdaService::foresee(const keep_alive::FutureArrivals& future) {
  ENSURE(functions_.empty());
  keep_alive_ = keep_alive::make_policy(spec_.warm_pool, &future);
}

FunctionId LambdaService::add_function(Tenant& tenant, const FunctionConfig& config) {
  check_config(config, spec_);
  std::vector<FunctionId>& own = tenant.functions;
  const auto [first, last] = by_name_.equal_range(config.name);
  for (auto known = first; known != last; ++known) {
    const LambdaFunction& function = *functions_[known->second.index()];
    const bool is_own = std::find(own.begin(), own.end(), function.id) != own.end();
    if (!is_own && function.config == config) return own.emplace_back(function.id);
  }
  admission_->add_function(config, engine_.now());
  return add(tenant, config);
}

FunctionId LambdaService::add(Tenant& tenant, const FunctionConfig& config) {
  if (keep_alive_ == nullptr) keep_alive_ = keep_alive::make_policy(spec_.warm_pool, nullptr);
  keep_alive_->add_function({config.memory_mb, cold_starts_->typical()});
  const FunctionId id = tenant.functions.emplace_back(functions_.size());
  by_name_.emplace(config.name, id);
  functions_.emplace_back(new LambdaFunction{
      id, config, spec_.environment.vcpus(config.memory_mb),
      std::ceil(spec_.environment.vcpus(config.memory_mb)),
      LambdaBilling(spec_.billing, config.memory_mb),
      WarmPool(engine_, *keep_alive_, *pool_memory_,
               {.id = id, .memory_mb = config.memory_mb, .reuse = spec_.warm_pool.reuse},
               [this, id](PoolEvent event, warm_pool::PooledEnvironment* environment) {
                 hear(id, event, static_cast<Environment*>(environment));
               }),
      TimeLimit(engine_, config.time_limit,
                [this](TimeLimit::Running& late) { time_out(static_cast<Invocation&>(late)); }),
      nullptr, nullptr, false, nullptr});
  const int64_t prewarmed = config.prewarmed.value_or(spec_.warm_pool.prewarmed);
  LambdaFunction& added = *functions_.back();
  count_environments(added, added.pool.prewarm(prewarmed));
  if (listener_ != nullptr) listener_->added(engine_.now(), id, config);
  if (config.provisioned_concurrency > 0) provision(added, tenant);
  return id;
}

const FunctionConfig& LambdaService::function(FunctionId id) const {
  return functions_[id.index()]->config;
}

double LambdaService::vcpus(FunctionId function) const {
  return functions_[function.index()]->vcpus;
}

// From admission to the end of the handler.

// Starts an execution unless concurrency or the scaling rule forbids it.
StartOutcome LambdaService::start(Invocation& invocation) {
  while (invocation.function->successor != nullptr)
    invocation.function = invocation.function->successor;
  const StartOutcome outcome = find_place(invocation);
  const bool begins = starts(outcome);
  const Duration latency = begins ? prepare(invocation) : Duration::zero();
  if (listener_ != nullptr) [[unlikely]]
    listener_->attempted(engine_.now(),
                         {invocation.id, invocation.function->id, outcome,
                          begins ? invocation.environment->host.id : HostId::none(), latency,
                          begins ? invocation.initialization : Duration::zero(),
                          begins && invocation.environment->provisioned});
  return outcome;
}

StartOutcome LambdaService::find_place(Invocation& invocation) {
  if (faults_ != nullptr && faults_->strikes(InvocationFault::throttled_start))
    return StartOutcome::by_fault;
  if (const auto refusal = admission_->refusal(invocation.function->id)) return *refusal;
  return find_environment(invocation);
}

// It counts as running from now on; its handler begins when its environment is there, and a warm
// one would after the time that is returned.
Duration LambdaService::prepare(Invocation& invocation) {
  admission_->begin(invocation.function->id);
  Tenant& tenant = *invocation.tenant;
  LambdaStatistics& statistics = tenant.statistics;
  statistics.peak_concurrency = std::max(statistics.peak_concurrency, ++statistics.concurrency);
  invocation.queued = engine_.now() - invocation.accepted;
  statistics.queued += invocation.queued;
  count_running(invocation, 1);
  const InvocationSpec& spec = spec_.invocation;
  const Duration latency = tenant.starts.noisy(spec.start_latency, spec.start_latency_sigma);
  Duration delay = latency;
  invocation.initialization = Duration::zero();
  if (invocation.cold) {
    const ColdStart cold_start = cold_starts_->sample(tenant.cold_starts);
    invocation.initialization = cold_start.initialization;
    delay += cold_start.placement + cold_start.initialization;
  }
  if (invocation.timed) {
    invocation.started = engine_.now() + delay;
    schedule_end(invocation);
    return latency;
  }
  const char* const name = invocation.function->config.role;
  invocation.process = &engine_.spawn_in(*invocation.family, execute(invocation, delay), name);
  return latency;
}

StartOutcome LambdaService::find_environment(Invocation& invocation) {
  LambdaFunction& function = *invocation.function;
  RandomStream& reuse = invocation.tenant->reuse_of(function.id);
  invocation.cold = false;
  if (function.provisioned != nullptr) {
    WarmPool& provisioned = function.provisioned->pool();
    if (const auto place = provisioned.take(reuse)) {
      occupy(invocation, provisioned, *place);
      invocation.environment->provisioned = true;
      return StartOutcome::warm;
    }
  }
  std::optional<WarmPool::Place> place = function.pool.take(reuse);
  invocation.cold = !place;
  if (invocation.cold) {
    if (!function.pool.may_add()) return StartOutcome::no_memory;
    if (!admission_->take_new_environment(function.id, engine_.now()))
      return StartOutcome::no_environment;
    place = function.pool.add();
    count_environments(function, 1);
  }
  occupy(invocation, function.pool, *place);
  return invocation.cold ? StartOutcome::cold : StartOutcome::warm;
}

void LambdaService::occupy(Invocation& invocation, WarmPool& pool, const WarmPool::Place& place) {
  invocation.environment = static_cast<Environment*>(place.environment);
  if (invocation.environment != nullptr) return;
  invocation.environment = &make_environment(invocation, place.created);
  pool.occupy(place, *invocation.environment);
}

engine::Task<> LambdaService::execute(Invocation& invocation, Duration delay) {
  const uint32_t host = invocation.environment->host.id.value();
  {
    const char* const name = invocation.cold ? "cold start" : "start";
    const engine::Span span(engine_, {engine::SpanKind::start, name, host, invocation.id.value()});
    co_await engine_.sleep(delay, "its environment");
    if (outside_ != nullptr) co_await come_up(invocation);
  }
  begin(invocation);
  engine::Span span(engine_, {engine::SpanKind::function, invocation.function->config.role, host,
                              invocation.id.value()});
  if (invocation.retries == 0)
    span.caused_by(invocation.id.value());
  else
    span.note("retry", invocation.retries);
  engine::Task<HandlerResult> handler = invocation.handler(*invocation.environment);
  const HandlerResult result = co_await std::move(handler);
  span.end();
  if (result != HandlerResult::success)
    fail_in(invocation, handler_failure(*invocation.environment), CallEnd::failed,
            result == HandlerResult::error_and_warm);
  else if (invocation.synchronous &&
           invocation.environment->response > spec_.invocation.sync_response_limit)
    fail(invocation, oversize_text(*invocation.environment, spec_.invocation),
         CallEnd::answer_too_large);
  else
    succeed(invocation);
}

void LambdaService::begin(Invocation& invocation) {
  Environment& environment = *invocation.environment;
  invocation.started = engine_.now();
  invocation.function->time_limit.begin(invocation);
  environment.request = invocation.twin_of != nullptr ? invocation.twin_of->id : invocation.id;
  environment.deadline = invocation.deadline;
  environment.response = Bytes();
  count_begin(invocation);
  if (faults_ != nullptr) faults_->begins(environment.host.id, invocation.id);
}

void LambdaService::count_begin(Invocation& invocation) {
  Environment& environment = *invocation.environment;
  ++environment.invocations;
  LambdaStatistics& statistics = invocation.tenant->statistics;
  ++statistics.invocations;
  if (invocation.cold) ++statistics.cold_starts;
  if (invocation.retries > 0) ++statistics.retries;
  const Money price = invocation.function->billing.request_price();
  invocation.price += price;
  invocation.tenant->ledger.charge(accounting::CostItem::requests, price);
  engine_.record(engine::TraceKind::started, invocation.id.value(), environment.host.id.value(),
                 invocation.cold ? 1 : 0);
}

void LambdaService::succeed(Invocation& invocation) {
  const Duration billed = bill(invocation);
  if (faults_ != nullptr) faults_->ends(invocation.environment->host.id);
  engine_.record(engine::TraceKind::finished, invocation.id.value(),
                 invocation.environment->host.id.value(), billed.count_ns());
  hosts_.vacate(invocation.environment->host);
  pool_of(*invocation.function, *invocation.environment).give_back(*invocation.environment);
  end_execution(invocation);
  reply(invocation, InvokeReply::accepted);
}

void LambdaService::time_out(Invocation& invocation) {
  std::string reason = time_out_text(*invocation.function);
  // Only the first drop is told about, and the process is not there to ask later.
  Environment& environment = *invocation.environment;
  if (invocation.tenant->statistics.dropped == 0 && environment.account)
    reason += "; " + environment.account();
  engine_.kill(*invocation.process);
  ++invocation.tenant->statistics.timeouts;
  fail(invocation, reason, CallEnd::timed_out);
}

void LambdaService::crash(HostId host) {
  for (const auto& function : functions_) {
    const auto runs_there = [host](TimeLimit::Running& running) {
      return static_cast<Invocation&>(running).environment->host.id == host;
    };
    TimeLimit::Running* const running = function->time_limit.find(runs_there);
    if (running == nullptr) continue;
    Invocation& invocation = static_cast<Invocation&>(*running);
    engine_.kill(*invocation.process);
    return fail(invocation, "it crashed", CallEnd::failed);
  }
  ENSURE(false && "a handler runs there", host.value());
}

void LambdaService::fail(Invocation& invocation, const std::string& reason, CallEnd end) {
  fail_in(invocation, reason, end, false);
}

void LambdaService::fail_in(Invocation& invocation, const std::string& reason, CallEnd end,
                            bool stays_warm) {
  bill(invocation);
  invocation.end = end;
  invocation.tenant->statistics.failures.add(reason);
  if (invocation.causes == nullptr) invocation.causes = std::make_unique<FailureCauses>();
  invocation.causes->add(reason);
  Environment& environment = *invocation.environment;
  if (faults_ != nullptr) faults_->ends(environment.host.id);
  engine_.record(engine::TraceKind::failed, invocation.id.value(), environment.host.id.value());
  engine::tell_mark(engine_, "invocation failed", invocation.id.value());
  LambdaFunction& function = *invocation.function;
  environment.failure.clear();
  if (stays_warm) {
    hosts_.vacate(environment.host);
    pool_of(function, environment).give_back(environment);
  } else {
    pool_of(function, environment).remove(environment);
    if (environment.provisioned && !function.closed) function.provisioned->replace();
    destroy(function, &environment);
  }
  end_execution(invocation);
  if (invocation.synchronous) return reply(invocation, InvokeReply::failed);
  const std::vector<double>& waits = spec_.async_events.retry_waits_s;
  const size_t retries_most =
      invocation.outside != nullptr ? invocation.retries_most : waits.size();
  if (invocation.retries == retries_most) return drop(invocation);
  const Duration wait = Duration::from_seconds(waits[invocation.retries++]);
  invocation.tenant->usage.count(accounting::Operation::retry);
  engine_.spawn_in(*invocation.family, retry(invocation, wait), "failed event");
}

void LambdaService::end_execution(Invocation& invocation) {
  invocation.function->time_limit.end(invocation);
  invocation.environment = nullptr;
  invocation.process = nullptr;
  admission_->end(invocation.function->id);
  --invocation.tenant->statistics.concurrency;
  count_running(invocation, -1);
}

Duration LambdaService::bill(Invocation& invocation) {
  const LambdaFunction& function = *invocation.function;
  const Duration run = engine_.now() - invocation.started;
  const Duration billed = function.billing.billed_time(invocation.initialization, run);
  Tenant& tenant = *invocation.tenant;
  const Money price =
      invocation.environment->provisioned
          ? memory_price(spec_.provisioned.run_price_per_gb_s, function.config.memory_mb, billed)
          : function.billing.time_price(billed);
  invocation.price += price;
  tenant.ledger.charge(accounting::CostItem::functions, price);
  LambdaStatistics& statistics = tenant.statistics;
  statistics.billed_time += billed;
  statistics.billed_gb_s += function.billing.gb_s(billed);
  statistics.busy_time += run;
  statistics.vcpu_s += run.to_seconds() * function.vcpus;
  statistics.whole_vcpu_s += run.to_seconds() * function.whole_vcpus;
  return billed;
}

void LambdaService::reply(Invocation& invocation, InvokeReply reply) {
  if (invocation.caller != nullptr) invocation.caller->send(reply);
  if (invocation.timed) tell_end(invocation, false);
  if (invocation.outside != nullptr)
    return tell_outside(invocation,
                        reply == InvokeReply::accepted ? CallEnd::succeeded : invocation.end);
  give_back(invocation);
}

// Its handler lives as long as a twin that uses it.
void LambdaService::give_back(Invocation& invocation) {
  invocation.ended = true;
  if (invocation.twin != nullptr) return;
  Invocation* const first = invocation.twin_of;
  --invocation.tenant->unfinished;
  invocations_.give_back(invocation);
  if (first == nullptr) return;
  first->twin = nullptr;
  if (first->ended) give_back(*first);
}

}  // namespace wukong::functions
