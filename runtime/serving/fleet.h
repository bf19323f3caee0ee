// What is behind the function service's environments: real ones, each started when the service
// decides that it needs it, and ended when the service lets it go. A spare one is started for each
// that is provisioned, and waits for its first call.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "runtime/environments/environment.h"
#include "runtime/environments/environment_spec.h"
#include "runtime/loop/foreign_call.h"
#include "sim/engine/engine.h"
#include "sim/functions/outside/outside_call.h"

namespace wukong::serving {

using MakeEnvironment =
    std::function<std::unique_ptr<environments::Environment>(const environments::EnvironmentSpec&)>;

class Fleet final : public outside::Environments {
 public:
  // Engine and clock outlive the fleet. An environment that has not come up after the limit is
  // ended.
  Fleet(engine::Engine& engine, loop::WallClock& clock, MakeEnvironment make,
        std::chrono::milliseconds initialization_limit);
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;
  ~Fleet() override;

  // What the environments of a function are made of. Before the first of them.
  void add_function(FunctionId function, environments::EnvironmentSpec spec);
  // No environment of it is made any more; those that nobody has used are gone.
  void close_function(FunctionId function);

  void made(FunctionId function, HostId host) override;
  void provisioned(FunctionId function, int64_t environments) override;
  engine::Task<> come_up(HostId host) override;
  void gone(HostId host) override;

  // Of an environment that has come up. If it could not, `failure` says why, and it takes no call.
  struct Place {
    environments::Environment* environment = nullptr;
    std::optional<environments::Outcome> failure;
  };
  Place at(HostId host);
  // The call that runs there has run into its time limit.
  void time_out(HostId host, std::chrono::milliseconds limit);
  // How many environments have come up for what is provisioned.
  int64_t provisioned_ready(FunctionId function) const;
  // Environments that exist, also those that are ending.
  size_t size() const { return hosts_.size() + spares_ + ending_.size(); }

 private:
  using Coming = loop::ForeignCall<bool>;
  // A real environment, with what is known of it.
  struct Real {
    FunctionId function;
    std::unique_ptr<environments::Environment> environment;
    std::optional<environments::Started> started;
    std::optional<Coming::Reply> awaited;
    bool killed = false;
    bool ended = false;
  };
  using RealPointer = std::shared_ptr<Real>;
  struct Function {
    environments::EnvironmentSpec spec;
    std::vector<RealPointer> spares;
    int64_t provisioned = 0;
    bool closed = false;
  };

  RealPointer start(FunctionId function, const environments::EnvironmentSpec& spec);
  static void kill(Real& real, const environments::KillReason& reason);
  void end(RealPointer real);

  engine::Engine& engine_;
  loop::WallClock& clock_;
  MakeEnvironment make_;
  std::chrono::milliseconds initialization_limit_;
  std::map<FunctionId, Function> functions_;
  std::map<HostId, RealPointer> hosts_;
  std::list<RealPointer> ending_;
  size_t spares_ = 0;
};

}  // namespace wukong::serving
