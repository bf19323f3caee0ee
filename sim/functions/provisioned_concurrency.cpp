#include "sim/functions/provisioned_concurrency.h"

#include <utility>

#include "sim/base/money.h"
#include "sim/engine/engine.h"
#include "sim/functions/keep_alive/policies.h"
#include "sim/functions/lambda_billing.h"

namespace wukong::functions {
namespace {

Money period_price(const ProvisionedSpec& spec, const FunctionConfig& config) {
  const int64_t memory_mb = config.memory_mb * config.provisioned_concurrency;
  return memory_price(spec.price_per_gb_s, memory_mb, spec.billing_period);
}

}  // namespace

ProvisionedConcurrency::ProvisionedConcurrency(engine::Engine& engine, const LambdaSpec& spec,
                                               FunctionId function, const FunctionConfig& config,
                                               Owner owner)
    : engine_(engine),
      spec_(spec.provisioned),
      price_of_period_(period_price(spec.provisioned, config)),
      owner_(std::move(owner)),
      keeps_all_(keep_alive::make_least_recently_used()),
      pool_(engine, *keeps_all_, memory_,
            {.id = function, .memory_mb = config.memory_mb, .reuse = spec.warm_pool.reuse},
            [this](warm_pool::PoolEvent, warm_pool::PooledEnvironment* environment) {
              owner_.gone(environment);
            }) {
  coming_.push_back({engine_.now() + spec_.ready_after, config.provisioned_concurrency});
  ready_timer_.arm(coming_.front().at);
  charge_period();
}

void ProvisionedConcurrency::replace() {
  coming_.push_back({engine_.now() + spec_.ready_after, 1});
  if (!ready_timer_.armed()) ready_timer_.arm(coming_.front().at);
}

void ProvisionedConcurrency::close() {
  coming_.clear();
  ready_timer_.cancel();
  period_timer_.cancel();
  pool_.close();
}

void ProvisionedConcurrency::come_up() {
  while (!coming_.empty() && coming_.front().at <= engine_.now()) {
    const int64_t environments = coming_.front().environments;
    coming_.pop_front();
    pool_.prewarm(environments);
    owner_.ready(environments);
  }
  if (!coming_.empty()) ready_timer_.arm(coming_.front().at);
}

void ProvisionedConcurrency::charge_period() {
  owner_.pay(price_of_period_);
  period_timer_.arm(engine_.now() + spec_.billing_period);
}

}  // namespace wukong::functions
