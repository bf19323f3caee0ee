// What the jobs of a run share: the clock, the network and all that is on it, and the account's
// function service; if they are asked to, the servers of their stores, too. A job sees it through a
// platform of its own (platform.h).
#pragma once

#include <map>
#include <memory>
#include <string>

#include "sim/accounting/ledger.h"
#include "sim/fluid/fluid.h"
#include "sim/functions/lambda_service.h"
#include "sim/hosts/host_factory.h"
#include "sim/network/network.h"
#include "sim/platform/backend.h"

namespace wukong::platform {

struct PlatformSpec;

class Cloud {
 public:
  // What is given outlives the cloud.
  Cloud(engine::Engine& engine, const PlatformSpec& spec, Backend& backend);
  // A simulated one.
  Cloud(engine::Engine& engine, const PlatformSpec& spec);
  Cloud(const Cloud&) = delete;
  Cloud& operator=(const Cloud&) = delete;
  // Kills every process first: they use what is below.
  ~Cloud();

  engine::Engine& engine() { return engine_; }
  const PlatformSpec& spec() const { return spec_; }
  Backend& backend() { return backend_; }
  // What activities share: links, cores, memory buses and the like are resources of it.
  fluid::Pool& resources() { return resources_; }
  const fluid::Pool& resources() const { return resources_; }
  network::Network& network() { return network_; }
  hosts::HostFactory& hosts() { return hosts_; }
  functions::LambdaService& functions() { return functions_; }
  const functions::LambdaService& functions() const { return functions_; }

 private:
  engine::Engine& engine_;
  const PlatformSpec& spec_;
  ModelledBackend modelled_;
  Backend& backend_;
  fluid::Pool resources_;
  network::Network network_;
  hosts::HostFactory hosts_;
  functions::LambdaService functions_;
};

}  // namespace wukong::platform
