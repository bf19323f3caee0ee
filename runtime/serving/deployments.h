// The account's functions as the function service has them: each version is a function of the
// service, and all versions of a function share its concurrency. A version that has changed, in its
// code, its configuration or what is provisioned for it, gets a new one in its place, without
// environments.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "runtime/environments/environment_spec.h"
#include "runtime/lambda_api/limits.h"
#include "runtime/lambda_api/records.h"
#include "runtime/serving/fleet.h"

namespace wukong::functions {
class LambdaClient;
}  // namespace wukong::functions

namespace wukong::serving {

struct DeploymentFolders {
  std::filesystem::path logs;
  // Where a package lies, unpacked.
  std::function<std::filesystem::path(const lambda_api::CodePackage&)> code;
};

class Deployments {
 public:
  // All that is given outlives it.
  Deployments(functions::LambdaClient& service, Fleet& fleet, const lambda_api::Limits& limits,
              DeploymentFolders folders);

  // As the record says from now on. Throws Error if the service does not offer such a function.
  void apply(const lambda_api::Function& function);
  void remove(const std::string& name);

  // REQUIRES: it is deployed.
  FunctionId function_of(const std::string& name, const std::string& version) const;
  int64_t provisioned_ready(const std::string& name, const std::string& version) const;

 private:
  struct Deployed {
    FunctionId id;
    lambda_api::Configuration configuration;
    lambda_api::CodePackage code;
    int64_t provisioned = 0;
  };
  struct DeployedFunction {
    std::optional<int64_t> reserved;
    std::map<std::string, Deployed> versions;
  };

  void apply_version(const lambda_api::Function& function, const lambda_api::Version& version,
                     DeployedFunction& deployed);
  environments::EnvironmentSpec spec_of(const lambda_api::Function& function,
                                        const lambda_api::Version& version) const;

  functions::LambdaClient& service_;
  Fleet& fleet_;
  const lambda_api::Limits& limits_;
  DeploymentFolders folders_;
  std::map<std::string, DeployedFunction> functions_;
};

}  // namespace wukong::serving
