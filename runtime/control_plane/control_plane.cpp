#include "runtime/control_plane/control_plane.h"

#include <utility>

#include "runtime/control_plane/answers.h"
#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/documents.h"

namespace wukong::control_plane {

using lambda_api::Operation;

ControlPlane::ControlPlane(const lambda_api::Limits& limits, lambda_api::Functions functions,
                           Effects& effects)
    : limits_(limits), functions_(std::move(functions)), effects_(effects) {}

http::Response ControlPlane::answer(const Route& route, const http::Request& request) {
  switch (route.operation) {
    case Operation::create_function:
      return create_function(request);
    case Operation::get_function:
      return get_function(route);
    case Operation::get_configuration:
      return get_configuration(route);
    case Operation::update_configuration:
      return update_configuration(route, request);
    case Operation::update_code:
      return update_code(route, request);
    case Operation::delete_function:
      return delete_function(route);
    case Operation::list_functions:
      return list_functions(route);
    case Operation::publish_version:
      return publish_version(route, request);
    case Operation::list_versions:
      return list_versions(route);
    case Operation::create_alias:
    case Operation::get_alias:
    case Operation::update_alias:
    case Operation::delete_alias:
    case Operation::list_aliases:
      return answer_alias(route, request);
    case Operation::put_concurrency:
    case Operation::get_concurrency:
    case Operation::delete_concurrency:
      return answer_concurrency(route, request);
    case Operation::put_provisioned:
    case Operation::get_provisioned:
    case Operation::delete_provisioned:
      return answer_provisioned(route, request);
    case Operation::put_event_config:
    case Operation::update_event_config:
    case Operation::get_event_config:
    case Operation::delete_event_config:
    case Operation::list_event_configs:
      return answer_event_config(route, request);
    case Operation::create_url:
    case Operation::get_url:
    case Operation::update_url:
    case Operation::delete_url:
    case Operation::list_urls:
      return answer_url(route, request);
    case Operation::tag_resource:
    case Operation::untag_resource:
    case Operation::list_tags:
      return answer_tags(route, request);
    case Operation::get_account_settings:
      return json_answer(200, lambda_api::account_document(limits_, functions_));
    case Operation::invoke:
    case Operation::invoke_async:
    case Operation::invoke_streaming:
      break;
  }
  throw lambda_api::unknown_operation(request.method, request.target);
}

lambda_api::FunctionName ControlPlane::name_of(const Route& route) const {
  return lambda_api::parse_function_name(limits_.owner, route.target, route.parameter("Qualifier"));
}

const lambda_api::Function& ControlPlane::function(const lambda_api::FunctionName& name) const {
  const auto found = functions_.find(name.name);
  if (found == functions_.end())
    throw lambda_api::function_not_found(
        lambda_api::function_arn(limits_.owner, name.name, name.qualifier));
  return found->second;
}

const lambda_api::Function& ControlPlane::find(const Route& route) const {
  return function(name_of(route));
}

lambda_api::Function& ControlPlane::find(const Route& route) {
  return functions_.find(function(name_of(route)).name)->second;
}

const lambda_api::Version& ControlPlane::version_of(const lambda_api::Limits& limits,
                                                    const Function& function,
                                                    const std::string& qualifier, double draw) {
  if (qualifier.empty() || qualifier == lambda_api::kLatest) return function.latest;
  const auto refuse = [&]() -> const lambda_api::Version& {
    throw lambda_api::function_not_found(
        lambda_api::function_arn(limits.owner, function.name, qualifier));
  };
  const auto published = [&](const std::string& number) -> const lambda_api::Version& {
    if (number == lambda_api::kLatest) return function.latest;
    if (number.size() > 15) return refuse();
    const auto found = function.versions.find(std::stoll(number));
    return found == function.versions.end() ? refuse() : found->second;
  };
  if (lambda_api::is_version_number(qualifier)) return published(qualifier);
  const auto alias = function.aliases.find(qualifier);
  if (alias == function.aliases.end()) return refuse();
  for (const auto& [version, weight] : alias->second.weights) {
    if (draw < weight) return published(version);
    draw -= weight;
  }
  return published(alias->second.version);
}

void ControlPlane::require_changeable(const Function& function) const {
  const int64_t now = effects_.now_ms();
  if (is_pending(function.latest, now))
    throw lambda_api::conflict(
        "The operation cannot be performed at this time. The function is currently in the "
        "following state: Pending",
        lambda_api::MessageKey::upper_case);
  if (is_updating(function.latest, now))
    throw lambda_api::conflict(
        "The operation cannot be performed at this time. An update is in progress for resource: " +
            lambda_api::function_arn(limits_.owner, function.name),
        lambda_api::MessageKey::upper_case);
}

void ControlPlane::touch(Function& function) {
  const int64_t now = effects_.now_ms();
  function.latest.modified_ms = now;
  function.latest.updated_ms = now + limits_.activation_ms;
  function.latest.revision = effects_.new_id();
}

}  // namespace wukong::control_plane
