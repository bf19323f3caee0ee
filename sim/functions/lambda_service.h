// The function service (AWS Lambda): admission, environments cold and warm, time limit, retries,
// billing. The same code in simulation and emulation; only what a handler awaits differs.
//
// invoke_async: the caller spends the API call's overhead; the event is accepted (202) and queued;
// the service starts it when concurrency and the scaling rule allow, backing off internally while
// they do not, and retries a failed one. invoke_sync: the caller waits for the end, sees a 429 as
// `throttled` after its own back-off is exhausted, and no retry is made for it. Over the request
// rate the API answers 429 to both kinds, and the caller backs off.
//
// A handler is a coroutine that runs in an Environment. It is called again, with the same captured
// payload, when an invocation is retried; so it must not give its captures away. At the time limit
// its process is destroyed. An environment whose handler failed or was destroyed is gone with its
// network links: nothing may use the environment's host after the handler's end.
//
// Each call is made for a tenant (lambda_client.h), the job whose invocation it is. Jobs that add
// the same function share it, and so its warm environments.
//
// The engine's processes must be gone (Engine::clear) before the service is destroyed.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/accounting/level_history.h"
#include "sim/base/ids.h"
#include "sim/base/inline_function.h"
#include "sim/base/slab.h"
#include "sim/engine/task.h"

namespace wukong {
class Bytes;
}  // namespace wukong

namespace wukong::engine {
class Engine;
}  // namespace wukong::engine

namespace wukong::hosts {
struct Host;
class HostFactory;
}  // namespace wukong::hosts

namespace wukong::keep_alive {
class FutureArrivals;
class KeepAlivePolicy;
}  // namespace wukong::keep_alive

namespace wukong::outside {
class Call;
struct CallTerms;
class Environments;
enum class CallEnd : uint8_t;
}  // namespace wukong::outside

namespace wukong::warm_pool {
class PoolMemory;
class WarmPool;
struct PoolPlace;
enum class PoolEvent : uint8_t;
}  // namespace wukong::warm_pool

namespace wukong::functions {

class Admission;
class ColdStartModel;
struct Environment;
class FunctionListener;
class InvocationFaults;
struct FunctionConfig;
struct LambdaFunction;
struct LambdaSpec;
struct Tenant;

enum class StartOutcome : uint8_t;
enum class ThrottleReason : uint8_t;

enum class HandlerResult {
  success,
  error,           // its environment is gone
  error_and_warm,  // what runs there has caught it, and takes further invocations
};
using Handler = InlineFunction<engine::Task<HandlerResult>(Environment&), 56>;

enum class InvokeReply {
  accepted,           // async: queued; sync: ended with success
  failed,             // sync only: the function failed, or ran into its time limit
  throttled,          // 429, and the client's own retries are exhausted
  payload_too_large,  // 413
};

// How much of the account is in use, now and over time.
struct ServiceLevels {
  accounting::LevelHistory running;       // executions, from their admission to their end
  accounting::LevelHistory environments;  // that exist, idle or not
  // Memory of both, in MB of 1,048,576 bytes. What lies between them is held for nothing.
  accounting::LevelHistory running_mb;
  accounting::LevelHistory environments_mb;
};

class LambdaService {
 public:
  // Throws Error if the spec is wrong in itself. All references outlive the service.
  LambdaService(engine::Engine& engine, hosts::HostFactory& hosts, const LambdaSpec& spec);
  LambdaService(const LambdaService&) = delete;
  LambdaService& operator=(const LambdaService&) = delete;
  ~LambdaService();

  // For a policy that needs it: what arrives at the functions that will be added. Outlives the
  // service. REQUIRES: there is no function yet.
  void foresee(const keep_alive::FutureArrivals& future);

  // If another tenant has added the same: that function. Throws Error if the platform does not
  // offer such a function.
  FunctionId add_function(Tenant& tenant, const FunctionConfig& config);
  // The tenant pays for nothing that happens from now on.
  void leave(const Tenant& tenant);
  // As it was added.
  const FunctionConfig& function(FunctionId id) const;
  // vCPUs of an environment of the function.
  double vcpus(FunctionId function) const;

  engine::Task<InvokeReply> invoke_async(Tenant& tenant, const hosts::Host& caller,
                                         FunctionId function, Bytes payload, Handler handler);
  engine::Task<InvokeReply> invoke_sync(Tenant& tenant, const hosts::Host& caller,
                                        FunctionId function, Bytes payload, Handler handler);

  // An event that arrives by itself, and whose function is not run but takes `time`: no API call,
  // no caller, no process; so cheap that millions of them are a trace. The tenant's watcher hears
  // of its end.
  void take_event(Tenant& tenant, FunctionId function, Duration time);

  // A call from outside the model (outside_call.h), which begins at this instant. What is returned
  // is a 429; without one the call is accepted, and hears of its end.
  std::optional<ThrottleReason> take_call(Tenant& tenant, FunctionId function,
                                          const outside::CallTerms& terms, outside::Call& call);

  // Functions that change while they are used. Errors are those of add_function.

  // Another version of a function, with environments of its own: both share one concurrency.
  FunctionId add_version(Tenant& tenant, FunctionId of, const FunctionConfig& config);
  // The function has changed: what takes its place has no environment yet. Invocations that run end
  // where they run, events that wait go on in its place, and nobody calls it any more.
  FunctionId change(Tenant& tenant, FunctionId function, const FunctionConfig& config);
  // The same without a successor: events that wait for it are given up.
  void remove(FunctionId function);
  // How much of the account's concurrency is for the function and its versions from now on.
  void reserve(FunctionId function, std::optional<int64_t> concurrency);

  // Of all tenants.
  const ServiceLevels& levels() const { return levels_; }
  // Invocations that have not come to their end.
  size_t unfinished() const { return invocations_.used(); }

  // What goes wrong from now on; null: nothing. Outlives the service.
  void inject(InvocationFaults* faults) { faults_ = faults; }
  // Hears what is decided from now on; null: nobody does. Outlives the service.
  void watch(FunctionListener* listener) { listener_ = listener; }
  // Makes what is behind the environments; null: nothing is. Outlives the service. REQUIRES: there
  // is no environment yet.
  void furnish(outside::Environments* outside) { outside_ = outside; }
  // What runs on the host crashes: its process is destroyed, as at the time limit. REQUIRES: a
  // handler runs there.
  void crash(HostId host);

 private:
  class Reply;
  struct Invocation;
  struct GiveBack {
    LambdaService* service;
    void operator()(Invocation* invocation) const;
  };
  // An invocation that the service has not accepted yet.
  using Request = std::unique_ptr<Invocation, GiveBack>;

  FunctionId add(Tenant& tenant, const FunctionConfig& config);
  void close(LambdaFunction& function);
  bool give_up_if_gone(Invocation& event);
  void tell_outside(Invocation& invocation, outside::CallEnd end);
  engine::Task<> come_up(Invocation& invocation);
  Request make_request(Tenant& tenant, FunctionId function, Handler handler, bool synchronous);
  engine::Task<InvokeReply> call(HostId caller, Request request, Bytes payload);
  engine::Task<InvokeReply> call_with_faults(HostId caller, Request request, Bytes payload);
  void deliver(Invocation& event);
  void deliver_twin(Invocation& event);
  Duration client_backoff(Tenant& tenant, int64_t attempt);
  InvokeReply refuse_payload(const Invocation& invocation, Bytes payload);
  InvokeReply refuse_throttled(const Invocation& invocation, ThrottleReason reason);

  StartOutcome start(Invocation& invocation);
  StartOutcome find_place(Invocation& invocation);
  Duration prepare(Invocation& invocation);
  StartOutcome find_environment(Invocation& invocation);
  void occupy(Invocation& invocation, warm_pool::WarmPool& pool, const warm_pool::PoolPlace& place);
  engine::Task<> execute(Invocation& invocation, Duration delay);
  engine::Task<> back_off(Invocation& event, StartOutcome outcome);
  engine::Task<> retry(Invocation& event, Duration wait);

  void begin(Invocation& invocation);
  void count_begin(Invocation& invocation);
  void schedule_end(Invocation& event);
  void end_timed(Invocation& event);
  static void tell_end(const Invocation& event, bool failed);
  void succeed(Invocation& invocation);
  void fail(Invocation& invocation, const std::string& reason, outside::CallEnd end);
  void fail_in(Invocation& invocation, const std::string& reason, outside::CallEnd end,
               bool stays_warm);
  void time_out(Invocation& invocation);
  void end_execution(Invocation& invocation);
  Duration bill(Invocation& invocation);
  void reply(Invocation& invocation, InvokeReply reply);
  void give_back(Invocation& invocation);
  void drop(Invocation& event);
  void count_throttle(const Invocation& invocation, ThrottleReason reason);

  Environment& make_environment(const Invocation& invocation, Time created);
  void provision(LambdaFunction& function, Tenant& payer);
  void count_environments(const LambdaFunction& function, int64_t more);
  void count_running(const Invocation& invocation, int64_t more);
  void hear(FunctionId function, warm_pool::PoolEvent event, Environment* environment);
  void destroy(const LambdaFunction& function, Environment* environment);

  engine::Engine& engine_;
  hosts::HostFactory& hosts_;
  const LambdaSpec& spec_;
  std::unique_ptr<Admission> admission_;
  std::unique_ptr<keep_alive::KeepAlivePolicy> keep_alive_;
  std::unique_ptr<warm_pool::PoolMemory> pool_memory_;
  std::unique_ptr<ColdStartModel> cold_starts_;
  Slab<Environment> environments_;
  Slab<Invocation> invocations_;
  std::vector<std::unique_ptr<LambdaFunction>> functions_;
  std::multimap<std::string, FunctionId> by_name_;
  uint32_t next_invocation_ = 0;
  InvocationFaults* faults_ = nullptr;
  FunctionListener* listener_ = nullptr;
  outside::Environments* outside_ = nullptr;
  ServiceLevels levels_;
};

}  // namespace wukong::functions
