// What the service keeps for each function. For lambda_service.cpp only.
#pragma once

#include <memory>
#include <string>

#include "sim/functions/lambda_billing.h"
#include "sim/functions/lambda_service.h"
#include "sim/functions/provisioned_concurrency.h"
#include "sim/functions/time_limit.h"
#include "sim/functions/warm_pool/warm_pool.h"

namespace wukong::functions {

struct Tenant;

struct LambdaFunction {
  FunctionId id;
  FunctionConfig config;
  double vcpus;
  double whole_vcpus;  // rounded up
  LambdaBilling billing;
  warm_pool::WarmPool pool;
  TimeLimit time_limit;
  std::unique_ptr<ProvisionedConcurrency> provisioned;  // null: none
  Tenant* payer = nullptr;                              // of what is provisioned
  bool closed = false;                                  // it has changed, or is gone
  LambdaFunction* successor = nullptr;                  // of one that has changed
};

// Throws Error if the platform does not offer such a function.
void check_config(const FunctionConfig& config, const LambdaSpec& platform);

// Why an execution that was ended at its time limit has failed.
inline std::string time_out_text(const LambdaFunction& function) {
  return "it ran into its time limit of " +
         std::to_string(function.config.time_limit.to_seconds()) + " s";
}

}  // namespace wukong::functions
