#include "scheduler/wukong/task_claims.h"

#include "sim/base/check.h"

namespace wukong::wukong_policy {

using engine::Task;
using storage::CounterAction;
using storage::CounterReply;

namespace {

// 0 stands for nobody.
uint32_t number_of(InvocationId request) { return request.value() + 1; }

}  // namespace

Task<CounterReply> TaskClaims::claim(const hosts::Host& host, TaskId task,
                                     InvocationId request) const {
  ENSURE(used_);
  return metadata_.count(
      host, {.action = CounterAction::claim, .counter = key(task), .claimant = number_of(request)});
}

Task<CounterReply> TaskClaims::look(const hosts::Host& host, TaskId task) const {
  ENSURE(used_);
  return metadata_.count(host, {.action = CounterAction::read, .counter = key(task)});
}

Holder TaskClaims::holder(uint64_t reply, InvocationId request) {
  if (reply == 0) return Holder::nobody;
  return reply == number_of(request) ? Holder::self : Holder::another;
}

}  // namespace wukong::wukong_policy
