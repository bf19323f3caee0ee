// Invoke over HTTP: the checks in AWS's order, then the function service's, then the answer.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "runtime/control_plane/control_plane.h"
#include "runtime/http/http_message.h"
#include "runtime/lambda_api/invoke.h"
#include "runtime/lambda_api/route.h"
#include "runtime/serving/activity.h"
#include "runtime/serving/deployments.h"
#include "runtime/serving/destinations.h"
#include "runtime/serving/invocation.h"
#include "sim/base/random.h"

namespace wukong::serving {

class InvokeDoor {
 public:
  // All outlive it.
  struct Parts {
    Surroundings surroundings;
    control_plane::ControlPlane& control;
    control_plane::Effects& account;
    Deployments& deployments;
    Activity& activity;
    RandomStream& random;
    std::filesystem::path destinations;
  };
  explicit InvokeDoor(const Parts& parts);

  // Both in a process of the engine. Throw ApiError.
  void invoke(const lambda_api::Route& route, const http::Request& request,
              const std::string& request_id, const http::Answer& answer);
  // A function's URL, "/url/ID/...".
  void invoke_url(const http::Request& request, const std::string& request_id,
                  const http::Answer& answer);

 private:
  struct Chosen {
    const lambda_api::Function& function;
    const lambda_api::Version& version;
    std::string qualifier;
  };
  using Answered = std::function<void(const Order&, const InvocationEnd&)>;

  Chosen choose(const lambda_api::FunctionName& name);
  Order order_of(const Chosen& chosen, const std::string& request_id, std::string payload) const;
  void start(Order order, Answered answered);
  void start_event(const Chosen& chosen, Order order);
  void invoke_destination(const lambda_api::FunctionName& name, std::string payload);
  void note(const Order& order, const InvocationEnd& end,
            std::chrono::steady_clock::time_point arrived);

  Parts parts_;
  Destinations destinations_;
  std::map<const Invocation*, std::shared_ptr<Invocation>> unfinished_;
};

}  // namespace wukong::serving
