#include "runtime/serving/deployments.h"

#include <utility>

#include "sim/base/check.h"
#include "sim/functions/lambda_client.h"

namespace wukong::serving {
namespace {

// Of all qualifiers that mean the version.
int64_t provisioned_for(const lambda_api::Function& function, const std::string& version) {
  int64_t sum = 0;
  for (const auto& [qualifier, provisioned] : function.provisioned) {
    const auto alias = function.aliases.find(qualifier);
    const bool meant =
        alias == function.aliases.end() ? qualifier == version : alias->second.version == version;
    if (meant) sum += provisioned.requested;
  }
  return sum;
}

// A description is no change of what runs.
lambda_api::Configuration effective(lambda_api::Configuration configuration) {
  configuration.description.clear();
  return configuration;
}

}  // namespace

Deployments::Deployments(functions::LambdaClient& service, Fleet& fleet,
                         const lambda_api::Limits& limits, DeploymentFolders folders)
    : service_(service), fleet_(fleet), limits_(limits), folders_(std::move(folders)) {}

void Deployments::apply(const lambda_api::Function& function) {
  DeployedFunction& deployed = functions_[function.name];
  const std::string latest(lambda_api::kLatest);
  // What frees concurrency comes before what needs it.
  for (auto known = deployed.versions.begin(); known != deployed.versions.end();) {
    const bool gone =
        known->first != latest && function.versions.count(std::stoll(known->first)) == 0;
    if (gone) {
      service_.remove(known->second.id);
      fleet_.close_function(known->second.id);
    }
    known = gone ? deployed.versions.erase(known) : std::next(known);
  }
  apply_version(function, function.latest, deployed);
  if (deployed.reserved != function.reserved)
    service_.reserve(deployed.versions.at(latest).id, function.reserved);
  deployed.reserved = function.reserved;
  for (const auto& [number, version] : function.versions)
    apply_version(function, version, deployed);
}

void Deployments::apply_version(const lambda_api::Function& function,
                                const lambda_api::Version& version, DeployedFunction& deployed) {
  const int64_t provisioned = provisioned_for(function, version.number);
  const auto known = deployed.versions.find(version.number);
  const bool is_new = known == deployed.versions.end();
  const lambda_api::Configuration configuration = effective(version.configuration);
  if (!is_new && known->second.configuration == configuration &&
      known->second.code == version.code && known->second.provisioned == provisioned)
    return;
  functions::FunctionConfig config;
  config.name = function.name;
  config.role = "function";
  config.memory_mb = configuration.memory_mb;
  config.time_limit = Duration::seconds(configuration.timeout_s);
  config.provisioned_concurrency = provisioned;
  Deployed added{{}, configuration, version.code, provisioned};
  if (is_new && deployed.versions.empty()) {
    config.reserved_concurrency = function.reserved;
    deployed.reserved = function.reserved;
    added.id = service_.add_function(config);
  } else if (is_new) {
    added.id = service_.add_version(deployed.versions.begin()->second.id, config);
  } else {
    added.id = service_.change(known->second.id, config);
    fleet_.close_function(known->second.id);
  }
  fleet_.add_function(added.id, spec_of(function, version));
  deployed.versions[version.number] = std::move(added);
}

environments::EnvironmentSpec Deployments::spec_of(const lambda_api::Function& function,
                                                   const lambda_api::Version& version) const {
  environments::EnvironmentSpec spec;
  spec.function_name = function.name;
  spec.version = version.number;
  spec.arn = lambda_api::function_arn(limits_.owner, function.name);
  spec.handler = version.configuration.handler;
  spec.runtime = version.configuration.runtime;
  spec.memory_mb = version.configuration.memory_mb;
  for (const auto& [name, value] : version.configuration.environment)
    spec.variables.emplace_back(name, value);
  spec.code_folder = folders_.code(version.code);
  spec.log_group = version.configuration.log_group.empty() ? "/aws/lambda/" + function.name
                                                           : version.configuration.log_group;
  spec.log_folder = folders_.logs / spec.log_group.substr(spec.log_group.front() == '/' ? 1 : 0);
  spec.region = limits_.owner.region;
  return spec;
}

void Deployments::remove(const std::string& name) {
  const auto found = functions_.find(name);
  ENSURE(found != functions_.end());
  service_.reserve(found->second.versions.begin()->second.id, std::nullopt);
  for (const auto& [version, deployed] : found->second.versions) {
    service_.remove(deployed.id);
    fleet_.close_function(deployed.id);
  }
  functions_.erase(found);
}

FunctionId Deployments::function_of(const std::string& name, const std::string& version) const {
  return functions_.at(name).versions.at(version).id;
}

int64_t Deployments::provisioned_ready(const std::string& name, const std::string& version) const {
  const auto found = functions_.find(name);
  if (found == functions_.end()) return 0;
  const auto deployed = found->second.versions.find(version);
  if (deployed == found->second.versions.end() || deployed->second.provisioned == 0) return 0;
  return fleet_.provisioned_ready(deployed->second.id);
}

}  // namespace wukong::serving
