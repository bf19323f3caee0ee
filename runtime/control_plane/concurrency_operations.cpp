// What functions have of the account's concurrency: reserved for them, or provisioned.
#include <utility>
#include <vector>

#include "runtime/control_plane/answers.h"
#include "runtime/control_plane/control_plane.h"
#include "runtime/control_plane/paging.h"
#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/documents.h"
#include "runtime/lambda_api/members.h"

namespace wukong::control_plane {

using lambda_api::Members;
using lambda_api::Operation;

namespace {

constexpr size_t kConfigsOfPage = 50;

int64_t provisioned_of(const lambda_api::Function& function) {
  int64_t sum = 0;
  for (const auto& [qualifier, one] : function.provisioned) sum += one.requested;
  return sum;
}

boost::json::object reservation(const lambda_api::Function& function) {
  boost::json::object document;
  if (function.reserved) document["ReservedConcurrentExecutions"] = *function.reserved;
  return document;
}

int64_t required_number(const http::Request& request, const char* name, const char* member,
                        int64_t least) {
  const boost::json::object body = lambda_api::parse_body(request.body);
  const auto number = Members(body).integer(name);
  lambda_api::Violations violations;
  if (!number) violations.add(member, "null", "not be null");
  violations.check_range(member, number, least, 1'000'000'000);
  violations.throw_if_any();
  return *number;
}

}  // namespace

// `own`: of the account's concurrency, what the function would have to itself.
void ControlPlane::require_unreserved(const Function& function, int64_t own) const {
  const int64_t left =
      unreserved_concurrency(limits_, functions_) + own_concurrency(function) - own;
  if (own > own_concurrency(function) && left < limits_.unreserved_least)
    throw lambda_api::invalid_parameter(
        "Specified ReservedConcurrentExecutions for function decreases account's "
        "UnreservedConcurrentExecution below its minimum value of [" +
        std::to_string(limits_.unreserved_least) + "].");
}

http::Response ControlPlane::answer_concurrency(const Route& route, const http::Request& request) {
  Function changed = find(route);
  if (route.operation == Operation::get_concurrency) return json_answer(200, reservation(changed));
  if (route.operation == Operation::delete_concurrency) {
    changed.reserved.reset();
  } else {
    const int64_t reserved =
        required_number(request, "ReservedConcurrentExecutions", "reservedConcurrentExecutions", 0);
    require_unreserved(changed, reserved);
    if (reserved < provisioned_of(changed))
      throw lambda_api::invalid_parameter(
          "ReservedConcurrentExecutions  " + std::to_string(reserved) +
          " should not be lower than function's total provisioned concurrency [" +
          std::to_string(provisioned_of(changed)) + "].");
    changed.reserved = reserved;
  }
  effects_.changed(changed);
  const Function& kept = find(route) = std::move(changed);
  if (route.operation == Operation::delete_concurrency) return empty_answer(204);
  return json_answer(200, reservation(kept));
}

http::Response ControlPlane::answer_provisioned(const Route& route, const http::Request& request) {
  Function changed = find(route);
  const std::string qualifier = name_of(route).qualifier;
  const auto ready = [&](const std::string& of) {
    return effects_.provisioned_ready(changed.name, version_of(limits_, changed, of).number);
  };
  if (route.operation == Operation::get_provisioned && route.parameter("List") == "ALL") {
    std::vector<ListEntry> entries;
    for (const auto& [of, one] : changed.provisioned) {
      boost::json::object document = provisioned_document(one, ready(of));
      document["FunctionArn"] = lambda_api::function_arn(limits_.owner, changed.name, of);
      entries.push_back({of, std::move(document)});
    }
    return json_answer(
        200, page_of(route, "ProvisionedConcurrencyConfigs", std::move(entries), kConfigsOfPage));
  }
  lambda_api::Violations violations;
  if (qualifier.empty()) violations.add("qualifier", "null", "not be null");
  violations.throw_if_any();
  version_of(limits_, changed, qualifier);
  const auto found = changed.provisioned.find(qualifier);
  if (route.operation == Operation::get_provisioned) {
    if (found == changed.provisioned.end())
      throw lambda_api::ApiError(404, "ProvisionedConcurrencyConfigNotFoundException",
                                 "No Provisioned Concurrency Config found for this function");
    return json_answer(200, provisioned_document(found->second, ready(qualifier)));
  }
  if (route.operation == Operation::delete_provisioned) {
    changed.provisioned.erase(qualifier);
  } else {
    const int64_t requested = required_number(request, "ProvisionedConcurrentExecutions",
                                              "provisionedConcurrentExecutions", 1);
    if (qualifier == lambda_api::kLatest)
      throw lambda_api::invalid_parameter(
          "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
    const int64_t before = found == changed.provisioned.end() ? 0 : found->second.requested;
    const int64_t sum = provisioned_of(changed) - before + requested;
    if (changed.reserved && sum > *changed.reserved)
      throw lambda_api::invalid_parameter(
          "Requested Provisioned Concurrency should not be greater than the "
          "reservedConcurrentExecution for function");
    if (!changed.reserved) require_unreserved(changed, sum);
    changed.provisioned[qualifier] = {.requested = requested, .modified_ms = effects_.now_ms()};
  }
  effects_.changed(changed);
  find(route) = changed;
  if (route.operation == Operation::delete_provisioned) return empty_answer(204);
  return json_answer(202,
                     provisioned_document(changed.provisioned.at(qualifier), ready(qualifier)));
}

}  // namespace wukong::control_plane
