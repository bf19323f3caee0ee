// One invocation over HTTP: what the function service admits, bills and retries, and what runs in a
// real environment. It ends once, with what its last execution gave.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "runtime/environments/outcome.h"
#include "runtime/loop/wall_clock.h"
#include "sim/engine/engine.h"
#include "sim/functions/outside/outside_call.h"

namespace wukong::functions {
class LambdaClient;
enum class ThrottleReason : uint8_t;
}  // namespace wukong::functions

namespace wukong::serving {

class Fleet;

// All outlive the invocations.
struct Surroundings {
  engine::Engine& engine;
  loop::WallClock& clock;
  Fleet& fleet;
  functions::LambdaClient& service;
};

struct Order {
  FunctionId function;
  std::string name;         // the function's,
  std::string version;      // and what runs of it
  std::string invoked_arn;  // as the client has named it
  std::string request_id;
  std::string payload;
  std::string client_context;
  std::string trace_id;
  std::chrono::milliseconds time_limit{};
  outside::CallTerms terms;
};

struct InvocationEnd {
  outside::CallEnd end{};
  // Of the last execution; absent: there was none.
  std::optional<environments::Outcome> outcome;
  int executions = 0;
  int cold_starts = 0;
};

class Invocation final : public outside::Call, public std::enable_shared_from_this<Invocation> {
 public:
  // It may be forgotten by whoever made it.
  using Ended = std::function<void(const Invocation&, const Order&, const InvocationEnd&)>;

  Invocation(const Surroundings& surroundings, Order order, Ended ended);

  // Hands it to the service at this instant; it lives until it has ended. What is returned is a
  // 429; then it has not begun, and `ended` is not called.
  std::optional<functions::ThrottleReason> begin();

  engine::Task<functions::HandlerResult> run(functions::Environment& environment) override;
  void ended(outside::CallEnd end, const std::string& cause) override;

 private:
  class Execution;

  void take(environments::Outcome outcome);
  void finish();

  Surroundings surroundings_;
  Order order_;
  Ended ended_;
  InvocationEnd end_;
  bool is_over_ = false;     // for the service
  bool is_awaited_ = false;  // an outcome is yet to come
};

}  // namespace wukong::serving
