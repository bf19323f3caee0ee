// What else is configured for a function: its asynchronous invocations, its URL, its tags.
#include <utility>
#include <vector>

#include "runtime/control_plane/answers.h"
#include "runtime/control_plane/control_plane.h"
#include "runtime/control_plane/paging.h"
#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/documents.h"
#include "runtime/lambda_api/members.h"

namespace wukong::control_plane {

using lambda_api::EventConfig;
using lambda_api::Members;
using lambda_api::Operation;
using lambda_api::UrlConfig;

namespace {

constexpr size_t kEntriesOfPage = 50;

std::string destination_of(const Members& config, const char* of) {
  const boost::json::object* const destination = config.object(of);
  return destination == nullptr ? "" : Members(*destination).text("Destination").value_or("");
}

// A PUT sets all of it anew, a POST what is given.
void read_event_config(const Members& members, EventConfig& config) {
  lambda_api::Violations violations;
  const auto retries = members.integer("MaximumRetryAttempts");
  const auto age = members.integer("MaximumEventAgeInSeconds");
  violations.check_range("maximumRetryAttempts", retries, 0, 2);
  violations.check_range("maximumEventAgeInSeconds", age, 60, 21600);
  violations.throw_if_any();
  const boost::json::object* const destinations = members.object("DestinationConfig");
  if (!retries && !age && destinations == nullptr)
    throw lambda_api::invalid_parameter(
        "You must specify at least one of error handling or destination setting.");
  if (retries) config.retries = retries;
  if (age) config.age_s = age;
  if (destinations == nullptr) return;
  config.on_success = destination_of(Members(*destinations), "OnSuccess");
  config.on_failure = destination_of(Members(*destinations), "OnFailure");
}

void read_url(const Members& members, UrlConfig& config) {
  const auto auth_type = members.text("AuthType");
  const auto invoke_mode = members.text("InvokeMode");
  lambda_api::Violations violations;
  if (!auth_type && config.auth_type.empty()) violations.add("authType", "null", "not be null");
  violations.check_enum("authType", auth_type, {"NONE", "AWS_IAM"});
  violations.check_enum("invokeMode", invoke_mode, {"BUFFERED", "RESPONSE_STREAM"});
  violations.throw_if_any();
  if (auth_type) config.auth_type = *auth_type;
  if (invoke_mode) config.invoke_mode = *invoke_mode;
  if (const boost::json::object* const cors = members.object("Cors"))
    config.cors = boost::json::serialize(*cors);
}

}  // namespace

http::Response ControlPlane::answer_event_config(const Route& route, const http::Request& request) {
  Function changed = find(route);
  if (route.operation == Operation::list_event_configs) {
    std::vector<ListEntry> entries;
    for (const auto& [of, config] : changed.event_configs)
      entries.push_back({of, event_config_document(limits_, changed, of, config)});
    return json_answer(
        200, page_of(route, "FunctionEventInvokeConfigs", std::move(entries), kEntriesOfPage));
  }
  const std::string given = name_of(route).qualifier;
  const std::string qualifier = given.empty() ? std::string(lambda_api::kLatest) : given;
  version_of(limits_, changed, qualifier);
  const auto found = changed.event_configs.find(qualifier);
  const bool exists = found != changed.event_configs.end();
  if (!exists && route.operation != Operation::put_event_config)
    throw lambda_api::not_found("The function " +
                                lambda_api::function_arn(limits_.owner, changed.name, qualifier) +
                                " doesn't have an EventInvokeConfig");
  if (route.operation == Operation::get_event_config)
    return json_answer(200, event_config_document(limits_, changed, qualifier, found->second));
  if (route.operation == Operation::delete_event_config) {
    changed.event_configs.erase(qualifier);
  } else {
    EventConfig& config = changed.event_configs[qualifier];
    if (route.operation == Operation::put_event_config) config = {};
    const boost::json::object body = lambda_api::parse_body(request.body);
    read_event_config(Members(body), config);
    config.modified_ms = effects_.now_ms();
  }
  effects_.changed(changed);
  const Function& kept = find(route) = std::move(changed);
  if (route.operation == Operation::delete_event_config) return empty_answer(204);
  return json_answer(
      200, event_config_document(limits_, kept, qualifier, kept.event_configs.at(qualifier)));
}

http::Response ControlPlane::answer_url(const Route& route, const http::Request& request) {
  Function changed = find(route);
  if (route.operation == Operation::list_urls) {
    std::vector<ListEntry> entries;
    for (const auto& [of, config] : changed.urls)
      entries.push_back({of, url_document(limits_, changed, of, config)});
    return json_answer(200,
                       page_of(route, "FunctionUrlConfigs", std::move(entries), kEntriesOfPage));
  }
  const std::string given = name_of(route).qualifier;
  if (lambda_api::is_version_number(given))
    throw lambda_api::invalid_parameter("a function's URL is of $LATEST or of an alias");
  const std::string qualifier = given.empty() ? std::string(lambda_api::kLatest) : given;
  version_of(limits_, changed, qualifier);
  const bool exists = changed.urls.count(qualifier) > 0;
  const bool is_new = route.operation == Operation::create_url;
  if (is_new && exists)
    throw lambda_api::conflict("Failed to create function url config for [functionArn = " +
                               lambda_api::function_arn(limits_.owner, changed.name) +
                               "]. Error message:  FunctionUrlConfig exists for this Lambda "
                               "function");
  if (!is_new && !exists) throw lambda_api::not_found("The resource you requested does not exist.");
  if (route.operation == Operation::get_url)
    return json_answer(200, url_document(limits_, changed, qualifier, changed.urls.at(qualifier)));
  if (route.operation == Operation::delete_url) {
    changed.urls.erase(qualifier);
  } else {
    UrlConfig& config = changed.urls[qualifier];
    const boost::json::object body = lambda_api::parse_body(request.body);
    read_url(Members(body), config);
    config.modified_ms = effects_.now_ms();
    if (is_new) config.created_ms = config.modified_ms;
    if (is_new)
      config.id = changed.name + (qualifier == lambda_api::kLatest ? "" : "." + qualifier);
  }
  effects_.changed(changed);
  const Function& kept = find(route) = std::move(changed);
  if (route.operation == Operation::delete_url) return empty_answer(204);
  return json_answer(is_new ? 201 : 200,
                     url_document(limits_, kept, qualifier, kept.urls.at(qualifier)));
}

http::Response ControlPlane::answer_tags(const Route& route, const http::Request& request) {
  Function changed = find(route);
  if (route.operation == Operation::list_tags) {
    boost::json::object tags;
    for (const auto& [key, value] : changed.tags) tags[key] = value;
    return json_answer(200, boost::json::object{{"Tags", std::move(tags)}});
  }
  if (route.operation == Operation::tag_resource) {
    const boost::json::object body = lambda_api::parse_body(request.body);
    const auto tags = Members(body).text_map("Tags");
    if (!tags || tags->empty())
      throw lambda_api::invalid_parameter("An error occurred and the request cannot be processed.");
    for (const auto& [key, value] : *tags) changed.tags[key] = value;
    if (changed.tags.size() > 50)
      throw lambda_api::invalid_parameter("Number of tags exceeds resource tag limit.");
  } else {
    const auto [first, last] = route.parameters.equal_range("tagKeys");
    for (auto key = first; key != last; ++key) changed.tags.erase(key->second);
  }
  effects_.changed(changed);
  find(route) = std::move(changed);
  return empty_answer(204);
}

}  // namespace wukong::control_plane
