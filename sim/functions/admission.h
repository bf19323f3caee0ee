// What the function service lets in: API requests up to a rate, running invocations up to the
// account's concurrency and to what functions have reserved of it, and new environments as fast as
// the scaling rule of the preset's date allows. Decisions only; waiting and retrying are the
// service's. Needs no engine.
//
// What a function has reserved, or provisioned without reserving, is taken out of the account's
// concurrency at once, whether it is used or not. A function with a reservation has that and no
// more; any other shares what is left, once its provisioned environments are busy.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/ids.h"
#include "sim/base/token_bucket.h"
#include "sim/functions/function_listener.h"
#include "sim/functions/lambda_spec.h"

namespace wukong::functions {

class Admission {
 public:
  Admission(const LambdaSpec& spec, Time now);

  // Functions are known by the order in which they are added. Throws Error if there is not so much
  // to reserve.
  void add_function(const FunctionConfig& config, Time now);
  // Another version of a function: both have the same share, and are scaled as one. Throws Error if
  // there is not so much to provision.
  void add_version(FunctionId of, const FunctionConfig& config);
  // What was provisioned for it is free; what runs, runs on.
  void remove_version(FunctionId function);
  // So much is reserved for the function and its versions from now on; absent: nothing. What runs
  // beyond it, runs on. Throws Error if there is not so much.
  void reserve(FunctionId function, std::optional<int64_t> reserved);

  // An API request arrives: false is a 429.
  bool accept_request(Time now) { return requests_.take(now); }

  size_t running() const { return running_; }
  // Why no more invocations of the function may run; absent: one more may.
  std::optional<StartOutcome> refusal(FunctionId function) const;
  // Asks for the right to make one environment more for the function.
  bool take_new_environment(FunctionId function, Time now);

  // An invocation begins to count as running. REQUIRES: !refusal(function).
  void begin(FunctionId function);
  void end(FunctionId function);

 private:
  // Of the account's concurrency.
  struct Share {
    std::optional<int64_t> reserved;
    int64_t provisioned = 0;  // of all of its versions
    size_t own = 0;
    size_t running = 0;
    size_t bucket = 0;
  };
  Share& share(FunctionId function) { return shares_[share_of_[function.index()]]; }
  const Share& share(FunctionId function) const { return shares_[share_of_[function.index()]]; }
  void set(Share& share, std::optional<int64_t> reserved, int64_t provisioned,
           const std::string& name);

  size_t account_;
  size_t unreserved_;  // what is nobody's own
  size_t unreserved_least_;
  size_t unreserved_running_ = 0;
  size_t running_ = 0;
  std::vector<Share> shares_;
  std::vector<size_t> share_of_;      // by function
  std::vector<int64_t> provisioned_;  // the same
  std::vector<std::string> names_;    // by share
  TokenBucket requests_;
  ScalingSpec scaling_;
  std::vector<TokenBucket> buckets_;  // one, or one for each share
};

}  // namespace wukong::functions
