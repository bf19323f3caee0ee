// One invocation while it is alive: from its API call to its reply or, if it is asynchronous, to
// its success or last failure. Owned by the service, in a slab; for lambda_service.cpp only.
#pragma once

#include <memory>
#include <optional>

#include "sim/engine/engine.h"
#include "sim/engine/family.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_service.h"
#include "sim/functions/outside/outside_call.h"
#include "sim/functions/time_limit.h"

namespace wukong::functions {

struct LambdaFunction;
struct Tenant;

// The caller of a synchronous invocation waits in it. A caller that is killed meanwhile is
// forgotten; the invocation goes on.
class LambdaService::Reply : public engine::Waiter {
 public:
  Reply(engine::Engine& engine, Invocation& invocation);
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;
  ~Reply();

  void send(InvokeReply reply) {
    reply_ = reply;
    invocation_ = nullptr;
    engine_.make_ready(*this);
  }

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> handle) { engine_.suspend(*this, handle); }
  InvokeReply await_resume() const { return reply_; }

 private:
  engine::Engine& engine_;
  Invocation* invocation_;  // null once the reply is there
  InvokeReply reply_ = InvokeReply::failed;
};

struct LambdaService::Invocation : TimeLimit::Running {
  Invocation() {}  // else all of it would be set to zero first, the handler's room too
  // What a timed one needs comes first, in as few cache lines as it takes.
  Tenant* tenant = nullptr;
  LambdaFunction* function = nullptr;
  Environment* environment = nullptr;  // while it is running
  LambdaService* service = nullptr;    // of a timed one, and what it takes
  Duration time;
  Time accepted;
  Time started;             // its handler, most recently
  Duration initialization;  // if cold
  InvocationId id;
  uint16_t retries = 0;
  bool synchronous = false;
  bool cold = false;
  bool timed = false;                  // no handler runs: it takes `time`
  bool ended = false;                  // it stays for its twin
  Duration queued;                     // from its acceptance to the start of its last execution
  Money price;                         // of its executions so far
  engine::Family* family = nullptr;    // of its caller, and of all that is spawned for it
  engine::Process* process = nullptr;  // that runs it
  Reply* caller = nullptr;             // who waits for it
  Invocation* twin_of = nullptr;       // the event that this is a second delivery of
  Invocation* twin = nullptr;          // the other way round, while both are there
  Handler handler;
  outside::Call* outside = nullptr;  // that it was made for; null: it comes from the model
  outside::CallEnd end{};            // of its last execution
  uint16_t retries_most = 0;
  Duration age_most;
  std::unique_ptr<FailureCauses> causes;  // of its tries that failed; null: none has
};

inline LambdaService::Reply::Reply(engine::Engine& engine, Invocation& invocation)
    : engine::Waiter("an invocation's end"), engine_(engine), invocation_(&invocation) {
  invocation.caller = this;
}

inline LambdaService::Reply::~Reply() {
  if (invocation_ != nullptr) invocation_->caller = nullptr;
}

}  // namespace wukong::functions
