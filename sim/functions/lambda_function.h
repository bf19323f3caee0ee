// What the service keeps for each function. For lambda_service.cpp only.
#pragma once

#include "sim/functions/lambda_billing.h"
#include "sim/functions/lambda_service.h"
#include "sim/functions/time_limit.h"
#include "sim/functions/warm_pool/warm_pool.h"

namespace wukong::functions {

struct LambdaFunction {
  FunctionId id;
  FunctionConfig config;
  double vcpus;
  LambdaBilling billing;
  warm_pool::WarmPool pool;
  TimeLimit time_limit;
};

}  // namespace wukong::functions
