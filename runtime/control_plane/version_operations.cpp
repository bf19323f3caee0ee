// Versions: published, listed, forgotten. And the aliases that point to them.
#include <cmath>
#include <utility>
#include <vector>

#include "runtime/control_plane/answers.h"
#include "runtime/control_plane/control_plane.h"
#include "runtime/control_plane/paging.h"
#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/documents.h"
#include "runtime/lambda_api/members.h"

namespace wukong::control_plane {

using lambda_api::Alias;
using lambda_api::Members;
using lambda_api::Operation;
using lambda_api::States;

namespace {

constexpr size_t kVersionsOfPage = 50;
constexpr size_t kAliasesOfPage = 50;

bool same_but_description(lambda_api::Configuration a, const lambda_api::Configuration& b) {
  a.description = b.description;
  return a == b;
}

void read_alias(const Members& members, Alias& alias) {
  alias.version = members.text("FunctionVersion").value_or(alias.version);
  alias.description = members.text("Description").value_or(alias.description);
  const boost::json::object* const routing = members.object("RoutingConfig");
  if (routing == nullptr) return;
  alias.weights = Members(*routing)
                      .number_map("AdditionalVersionWeights")
                      .value_or(std::map<std::string, double>());
}

void check_alias(const lambda_api::Limits& limits, const lambda_api::Function& function,
                 const Alias& alias) {
  lambda_api::Violations violations;
  if (!lambda_api::is_alias_name(alias.name))
    violations.add("name", alias.name,
                   "satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)");
  if (alias.version.empty()) violations.add("functionVersion", "null", "not be null");
  if (!alias.version.empty() && alias.version != lambda_api::kLatest &&
      !lambda_api::is_version_number(alias.version))
    violations.add("functionVersion", alias.version,
                   "satisfy regular expression pattern: (\\$LATEST|[0-9]+)");
  violations.throw_if_any();
  ControlPlane::version_of(limits, function, alias.version);
  if (alias.weights.size() > 1)
    throw lambda_api::invalid_parameter(
        "Number of items in AdditionalVersionWeights cannot be "
        "greater than 1");
  for (const auto& [version, weight] : alias.weights) {
    if (!lambda_api::is_version_number(version) || alias.version == lambda_api::kLatest)
      throw lambda_api::invalid_parameter(
          "$LATEST is not supported for an alias pointing to more than 1 version");
    if (version == alias.version)
      throw lambda_api::invalid_parameter("Invalid function version " + version +
                                          ". Function version " + version +
                                          " is already included in routing configuration.");
    ControlPlane::version_of(limits, function, version);
    if (!(weight >= 0 && weight <= 1))
      throw lambda_api::invalid_parameter("a weight is from 0 to 1");
  }
}

}  // namespace

const lambda_api::Version& ControlPlane::publish(Function& function,
                                                 const std::string& description) {
  if (!function.versions.empty()) {
    const lambda_api::Version& last = function.versions.rbegin()->second;
    if (last.code == function.latest.code &&
        same_but_description(last.configuration, function.latest.configuration))
      return last;
  }
  lambda_api::Version version = function.latest;
  version.number = std::to_string(function.next_version);
  version.configuration.description = description;
  version.revision = effects_.new_id();
  return function.versions[function.next_version++] = std::move(version);
}

http::Response ControlPlane::publish_version(const Route& route, const http::Request& request) {
  Function changed = find(route);
  const boost::json::object body = lambda_api::parse_body(request.body);
  const Members members(body);
  const auto sha256 = members.text("CodeSha256");
  if (sha256 && *sha256 != changed.latest.code.sha256)
    throw lambda_api::invalid_parameter(
        "CodeSHA256 (" + *sha256 + ") is different from current CodeSHA256 in $LATEST (" +
        changed.latest.code.sha256 + "). Please try again with the CodeSHA256 in $LATEST.");
  const auto revision = members.text("RevisionId");
  if (revision && *revision != changed.latest.revision) throw lambda_api::stale_revision();
  require_changeable(changed);
  const std::string number =
      publish(changed,
              members.text("Description").value_or(changed.latest.configuration.description))
          .number;
  effects_.changed(changed);
  const Function& kept = find(route) = std::move(changed);
  return json_answer(201, configuration_document(limits_, kept, version_of(limits_, kept, number),
                                                 effects_.now_ms(), States::told));
}

http::Response ControlPlane::list_versions(const Route& route) const {
  const Function& function = find(route);
  std::vector<ListEntry> entries;
  const auto add = [&](const lambda_api::Version& version, const std::string& key) {
    boost::json::object document =
        configuration_document(limits_, function, version, effects_.now_ms(), States::left_out);
    document["FunctionArn"] =
        lambda_api::function_arn(limits_.owner, function.name, version.number);
    entries.push_back({key, std::move(document)});
  };
  add(function.latest, function.latest.number);
  for (const auto& [number, version] : function.versions)
    add(version, std::to_string(1'000'000'000'000 + number));
  return json_answer(200, page_of(route, "Versions", std::move(entries), kVersionsOfPage));
}

void ControlPlane::forget_version(Function& function, const std::string& number) {
  version_of(limits_, function, number);
  std::string aliases;
  for (const auto& [name, alias] : function.aliases)
    if (alias.version == number || alias.weights.count(number) > 0)
      aliases += (aliases.empty() ? "" : ", ") + name;
  if (!aliases.empty())
    throw lambda_api::conflict("Version is referenced by aliases: [" + aliases + "]");
  Function changed = function;
  changed.versions.erase(std::stoll(number));
  changed.provisioned.erase(number);
  changed.event_configs.erase(number);
  effects_.changed(changed);
  function = std::move(changed);
}

http::Response ControlPlane::answer_alias(const Route& route, const http::Request& request) {
  Function changed = find(route);
  const boost::json::object body = lambda_api::parse_body(request.body);
  const Members members(body);
  if (route.operation == Operation::list_aliases) {
    const std::string of_version = route.parameter("FunctionVersion");
    std::vector<ListEntry> entries;
    for (const auto& [name, alias] : changed.aliases)
      if (of_version.empty() || alias.version == of_version)
        entries.push_back({name, alias_document(limits_, changed, alias)});
    return json_answer(200, page_of(route, "Aliases", std::move(entries), kAliasesOfPage));
  }
  const bool is_new = route.operation == Operation::create_alias;
  const std::string name = is_new ? members.text("Name").value_or("") : route.alias;
  const std::string arn = lambda_api::function_arn(limits_.owner, changed.name, name);
  const auto found = changed.aliases.find(name);
  const bool exists = found != changed.aliases.end();
  if (route.operation == Operation::delete_alias) {
    changed.aliases.erase(name);
    changed.provisioned.erase(name);
  } else if (is_new && exists) {
    throw lambda_api::conflict("Alias already exists: " + arn);
  } else if (!is_new && !exists) {
    throw lambda_api::not_found("Cannot find alias arn: " + arn);
  } else if (route.operation == Operation::get_alias) {
    return json_answer(200, alias_document(limits_, changed, found->second));
  } else {
    Alias& alias = changed.aliases[name];
    const auto revision = members.text("RevisionId");
    if (revision && *revision != alias.revision) throw lambda_api::stale_revision();
    alias.name = name;
    read_alias(members, alias);
    check_alias(limits_, changed, alias);
    alias.revision = effects_.new_id();
  }
  effects_.changed(changed);
  const Function& kept = find(route) = std::move(changed);
  if (route.operation == Operation::delete_alias) return empty_answer(204);
  return json_answer(is_new ? 201 : 200, alias_document(limits_, kept, kept.aliases.at(name)));
}

}  // namespace wukong::control_plane
