// Which operation a request's verb and path are.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "runtime/http/http_message.h"

namespace wukong::lambda_api {

enum class Operation {
  invoke,
  invoke_async,
  invoke_streaming,
  create_function,
  get_function,
  get_configuration,
  update_configuration,
  update_code,
  delete_function,
  list_functions,
  publish_version,
  list_versions,
  create_alias,
  get_alias,
  update_alias,
  delete_alias,
  list_aliases,
  put_concurrency,
  get_concurrency,
  delete_concurrency,
  put_provisioned,
  get_provisioned,  // or, with ?List=ALL, those of all versions
  delete_provisioned,
  put_event_config,
  update_event_config,
  get_event_config,
  delete_event_config,
  list_event_configs,
  create_url,
  get_url,
  update_url,
  delete_url,
  list_urls,
  tag_resource,
  untag_resource,
  list_tags,
  get_account_settings,
};

struct Route {
  Operation operation{};
  std::string target;  // the function, or the ARN whose tags are meant; decoded
  std::string alias;
  std::multimap<std::string, std::string> parameters;  // decoded

  // Empty: not given.
  std::string parameter(const std::string& name) const;
};

// Throws ApiError if there is no such operation.
Route route_of(const http::Request& request);

// The path of a target, still encoded.
std::string_view path_of(std::string_view target);
std::multimap<std::string, std::string> parameters_of(std::string_view target);

}  // namespace wukong::lambda_api
