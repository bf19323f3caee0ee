// What the service keeps for each function. For lambda_service.cpp only.
#pragma once

#include "sim/platform/lambda_billing.h"
#include "sim/platform/lambda_service.h"
#include "sim/platform/time_limit.h"
#include "sim/platform/warm_pool.h"

namespace wukong::sim {

struct LambdaFunction {
  FunctionId id;
  FunctionConfig config;
  Time created;
  double vcpus;
  LambdaBilling billing;
  WarmPool pool;
  TimeLimit time_limit;
};

}  // namespace wukong::sim
