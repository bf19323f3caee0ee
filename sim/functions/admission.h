// What the function service lets in: API requests up to a rate, running invocations up to the
// account's concurrency, and new environments as fast as the scaling rule of the preset's date
// allows. Decisions only; waiting and retrying are the service's. Needs no engine.
#pragma once

#include <vector>

#include "sim/base/ids.h"
#include "sim/base/token_bucket.h"
#include "sim/functions/lambda_spec.h"

namespace wukong::functions {

class Admission {
 public:
  Admission(const LambdaSpec& spec, Time now);

  // Functions are known by the order in which they are added.
  void add_function(Time now);

  // An API request arrives: false is a 429.
  bool accept_request(Time now) { return requests_.take(now); }

  size_t running() const { return running_; }
  bool full() const { return running_ >= concurrency_; }
  // Asks for the right to make one environment more for the function.
  bool take_new_environment(FunctionId function, Time now);

  // An invocation begins to count as running. REQUIRES: !full().
  void begin();
  void end();

 private:
  size_t concurrency_;
  size_t running_ = 0;
  TokenBucket requests_;
  ScalingSpec scaling_;
  std::vector<TokenBucket> buckets_;  // one, or one for each function
};

}  // namespace wukong::functions
