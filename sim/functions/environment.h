// One execution environment ("container") of a function. Made by the service at its cold start, or
// when a prewarmed one first serves; gone with its network links when it is evicted or reset.
#pragma once

#include <cstdint>
#include <string>

#include "sim/base/bytes.h"
#include "sim/base/ids.h"
#include "sim/base/inline_function.h"
#include "sim/base/time.h"
#include "sim/functions/warm_pool/pooled_environment.h"
#include "sim/hosts/host.h"

namespace wukong::functions {

struct Environment : warm_pool::PooledEnvironment {
  hosts::Host host;
  FunctionId function;
  Time created;
  bool prewarmed = false;    // it was there before anybody asked for one
  bool provisioned = false;  // it is one of those that are always there
  // Of the invocation that it runs. Its request id, as its handler sees it, is the same for all
  // executions of one event: its retries, and a second delivery with its own.
  InvocationId request;
  Time deadline;
  uint32_t invocations = 0;  // that it has begun
  // What its handler has done so far, in words: asked if the handler is ended at its time limit.
  // Set and taken back by a handler that has something to say.
  InlineFunction<std::string(), 16> account;
  // What its handler answers with, if a caller waits for it.
  Bytes response;
  // Why its handler, which then returns an error, gives up; empty: it does not say.
  std::string failure;
};

}  // namespace wukong::functions
