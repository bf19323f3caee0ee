// A function's provisioned concurrency: environments that are made when it is added, come up
// together some time later, take its invocations first, and are never given up. One that is lost is
// made again. They are paid for from the beginning, by the billing period; what runs in them has a
// price of its own. What they cannot take goes to the function's warm pool.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "sim/base/inline_function.h"
#include "sim/engine/timer.h"
#include "sim/functions/keep_alive/keep_alive_policy.h"
#include "sim/functions/lambda_spec.h"
#include "sim/functions/warm_pool/pool_memory.h"
#include "sim/functions/warm_pool/warm_pool.h"

namespace wukong::functions {

class ProvisionedConcurrency {
 public:
  // `ready`: so many more environments are there. `gone`: as WarmPool tells it, after close().
  // `pay`: for one billing period that begins.
  struct Owner {
    InlineFunction<void(int64_t environments), 16> ready;
    InlineFunction<void(warm_pool::PooledEnvironment*), 16> gone;
    InlineFunction<void(Money), 16> pay;
  };

  ProvisionedConcurrency(engine::Engine& engine, const LambdaSpec& spec, FunctionId function,
                         const FunctionConfig& config, Owner owner);
  ProvisionedConcurrency(const ProvisionedConcurrency&) = delete;
  ProvisionedConcurrency& operator=(const ProvisionedConcurrency&) = delete;

  warm_pool::WarmPool& pool() { return pool_; }
  // One is gone: another one comes after a while.
  void replace();
  // Nothing is provisioned any more, or paid for: idle environments are gone, and busy ones once
  // they become idle.
  void close();

 private:
  struct Coming {
    Time at;
    int64_t environments;
  };

  void come_up();
  void charge_period();

  engine::Engine& engine_;
  const ProvisionedSpec& spec_;
  Money price_of_period_;
  Owner owner_;
  std::unique_ptr<keep_alive::KeepAlivePolicy> keeps_all_;
  warm_pool::PoolMemory memory_{std::nullopt};
  warm_pool::WarmPool pool_;
  std::deque<Coming> coming_;  // in the order of time
  engine::Timer ready_timer_{
      engine_, [](void* self) { static_cast<ProvisionedConcurrency*>(self)->come_up(); }, this,
      engine::TimerKind::passive};
  engine::Timer period_timer_{
      engine_, [](void* self) { static_cast<ProvisionedConcurrency*>(self)->charge_period(); },
      this, engine::TimerKind::passive};
};

}  // namespace wukong::functions
