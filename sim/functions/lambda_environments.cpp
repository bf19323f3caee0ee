// The function service's environments: made at a cold start, gone when they are evicted or reset.
#include <algorithm>
#include <memory>
#include <utility>

#include "sim/accounting/ledger.h"
#include "sim/base/check.h"
#include "sim/base/error.h"
#include "sim/engine/span.h"
#include "sim/functions/admission.h"
#include "sim/functions/function_listener.h"
#include "sim/functions/lambda_client.h"
#include "sim/functions/lambda_function.h"
#include "sim/functions/lambda_invocation.h"
#include "sim/functions/lambda_service.h"
#include "sim/functions/outside/outside_call.h"
#include "sim/hosts/host_factory.h"

namespace wukong::functions {

using warm_pool::PoolEvent;

void check_config(const FunctionConfig& config, const LambdaSpec& platform) {
  const EnvironmentSpec& spec = platform.environment;
  const std::optional<int64_t>& memory_limit = platform.warm_pool.memory_limit_mb;
  if (memory_limit && *memory_limit < config.memory_mb)
    throw Error(ErrorPlace{"", 0, "platform.functions.warm_pool.memory_limit_mb"},
                "at least " + std::to_string(config.memory_mb) + ", which one environment of " +
                    config.name + " takes",
                std::to_string(*memory_limit));
  if (config.memory_mb < spec.memory_mb_least || config.memory_mb > spec.memory_mb_most)
    throw Error(ErrorPlace{"", 0, config.name + ".memory_mb"},
                std::to_string(spec.memory_mb_least) + " to " + std::to_string(spec.memory_mb_most),
                std::to_string(config.memory_mb));
  if (config.time_limit <= Duration::zero() || config.time_limit > spec.time_limit_most)
    throw Error(
        ErrorPlace{"", 0, config.name + ".time_limit"},
        "more than 0 s, at most " + std::to_string(spec.time_limit_most.to_seconds()) + " s",
        std::to_string(config.time_limit.to_seconds()) + " s");
}

// For an invocation that is the first to run there: cold, or in an environment that is prewarmed.
Environment& LambdaService::make_environment(const Invocation& invocation, Time created) {
  const LambdaFunction& function = *invocation.function;
  const bool prewarmed = !invocation.cold;
  const network::LinkSpec& link = spec_.environment.network;
  Environment& environment = environments_.take();
  environment.host =
      hosts_.make(function.vcpus, Bytes::mebi(function.config.memory_mb), link, link);
  const double sigma = spec_.environment.speed_sigma;
  const double speed = sigma > 0 ? invocation.tenant->speeds.lognormal(1, sigma) : 1;
  environment.host.vcpu_speed = speed;
  environment.host.product_speed = speed;
  environment.host.relative_speed = speed;
  environment.function = function.id;
  environment.created = created;
  environment.prewarmed = prewarmed;
  engine::tell_host(engine_, environment.host.id.value(), engine::HostKind::function,
                    function.config.name);
  if (outside_ != nullptr) outside_->made(function.id, environment.host.id);
  return environment;
}

// What takes longer than in the model is part of the initialization, too.
engine::Task<> LambdaService::come_up(Invocation& invocation) {
  const Time modelled = engine_.now();
  co_await outside_->come_up(invocation.environment->host.id);
  if (invocation.cold) invocation.initialization += engine_.now() - modelled;
}

// Functions that change.

FunctionId LambdaService::add_version(Tenant& tenant, FunctionId of, const FunctionConfig& config) {
  check_config(config, spec_);
  admission_->add_version(of, config);
  return add(tenant, config);
}

FunctionId LambdaService::change(Tenant& tenant, FunctionId function,
                                 const FunctionConfig& config) {
  check_config(config, spec_);
  admission_->remove_version(function);
  admission_->add_version(function, config);
  const FunctionId changed = add(tenant, config);
  LambdaFunction& old = *functions_[function.index()];
  old.successor = functions_[changed.index()].get();
  close(old);
  return changed;
}

void LambdaService::remove(FunctionId function) {
  admission_->remove_version(function);
  close(*functions_[function.index()]);
}

void LambdaService::reserve(FunctionId function, std::optional<int64_t> concurrency) {
  admission_->reserve(function, concurrency);
}

void LambdaService::close(LambdaFunction& function) {
  ENSURE(!function.closed, function.id.value());
  function.closed = true;
  function.pool.close();
  if (function.provisioned != nullptr) function.provisioned->close();
}

void LambdaService::provision(LambdaFunction& function, Tenant& payer) {
  function.payer = &payer;
  ProvisionedConcurrency::Owner owner;
  owner.ready = [this, &function](int64_t environments) {
    count_environments(function, environments);
    if (outside_ != nullptr) outside_->provisioned(function.id, environments);
    if (listener_ != nullptr) [[unlikely]]
      listener_->provisioned(engine_.now(), function.id, environments);
  };
  owner.pay = [&function](Money price) {
    if (function.payer != nullptr)
      function.payer->ledger.charge(accounting::CostItem::functions, price);
  };
  owner.gone = [this, &function](warm_pool::PooledEnvironment* environment) {
    hear(function.id, PoolEvent::closed, static_cast<Environment*>(environment));
  };
  function.provisioned = std::make_unique<ProvisionedConcurrency>(
      engine_, spec_, function.id, function.config, std::move(owner));
}

void LambdaService::leave(const Tenant& tenant) {
  for (const FunctionId id : tenant.functions) {
    LambdaFunction& function = *functions_[id.index()];
    if (function.payer == &tenant) function.payer = nullptr;
  }
}

void LambdaService::count_environments(const LambdaFunction& function, int64_t more) {
  levels_.environments.change(engine_.now(), more);
  levels_.environments_mb.change(engine_.now(), more * function.config.memory_mb);
}

void LambdaService::count_running(const Invocation& invocation, int64_t more) {
  levels_.running.change(engine_.now(), more);
  levels_.running_mb.change(engine_.now(), more * invocation.function->config.memory_mb);
  engine::tell_level(engine_, "concurrency", levels_.running.level());
}

void LambdaService::hear(FunctionId function, PoolEvent event, Environment* environment) {
  if (event == PoolEvent::prewarmed) {
    if (listener_ != nullptr) [[unlikely]]
      listener_->prewarmed(engine_.now(), function);
    return count_environments(*functions_[function.index()], 1);
  }
  if (listener_ != nullptr) [[unlikely]]
    listener_->evicted(engine_.now(), function,
                       environment != nullptr ? environment->host.id : HostId::none(), event);
  destroy(*functions_[function.index()], environment);
}

// Takes null for a prewarmed environment that never served.
void LambdaService::destroy(const LambdaFunction& function, Environment* environment) {
  ENSURE(levels_.environments.level() > 0);
  count_environments(function, -1);
  if (environment == nullptr) return;
  if (outside_ != nullptr) outside_->gone(environment->host.id);
  hosts_.remove(environment->host);
  environments_.give_back(*environment);
}

}  // namespace wukong::functions
