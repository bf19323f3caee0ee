// Functions: created, changed, told, listed, deleted.
#include <utility>
#include <vector>

#include "runtime/control_plane/answers.h"
#include "runtime/control_plane/control_plane.h"
#include "runtime/control_plane/paging.h"
#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/configuration_input.h"
#include "runtime/lambda_api/documents.h"
#include "runtime/lambda_api/members.h"

namespace wukong::control_plane {

using lambda_api::Members;
using lambda_api::States;

namespace {

constexpr size_t kFunctionsOfPage = 50;
constexpr const char* kFileBucket = "file";

CodeSource code_of(const Members& code, const lambda_api::Limits& limits) {
  if (const auto zip = code.text("ZipFile")) {
    std::optional<std::string> bytes = lambda_api::from_base64(*zip);
    if (!bytes)
      throw lambda_api::ApiError(400, "SerializationException", "ZipFile is not in base64");
    if (static_cast<int64_t>(bytes->size()) > limits.zip_file)
      throw lambda_api::ApiError(413, "RequestEntityTooLargeException",
                                 "Request must be smaller than 70167211 bytes for the "
                                 "CreateFunction operation");
    return ZipFile{std::move(*bytes)};
  }
  const auto bucket = code.text("S3Bucket");
  const auto key = code.text("S3Key");
  if (bucket == kFileBucket && key) return LocalPath{*key};
  if (bucket)
    throw lambda_api::invalid_parameter(
        "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: this "
        "server has no S3; S3Bucket is \"file\", and S3Key a path of a zip file or a folder");
  throw lambda_api::invalid_parameter("Please provide a source for function code.");
}

void check_revision(const Members& members, const lambda_api::Version& version) {
  const auto revision = members.text("RevisionId");
  if (revision && *revision != version.revision) throw lambda_api::stale_revision();
}

void check_tags(const std::map<std::string, std::string>& tags) {
  if (tags.size() > 50)
    throw lambda_api::invalid_parameter("Number of tags exceeds resource tag limit.");
}

}  // namespace

http::Response ControlPlane::create_function(const http::Request& request) {
  const boost::json::object body = lambda_api::parse_body(request.body);
  const Members members(body);
  const auto given = members.text("FunctionName");
  lambda_api::Violations violations;
  if (!given) violations.add("functionName", "null", "not be null");
  if (members.object("Code") == nullptr) violations.add("code", "null", "not be null");
  violations.throw_if_any();
  const lambda_api::FunctionName name = lambda_api::parse_function_name(limits_.owner, *given);
  Function function;
  function.name = name.name;
  function.latest.number = lambda_api::kLatest;
  function.latest.configuration =
      lambda_api::configured(body, limits_, lambda_api::Request::create, {});
  function.tags = members.text_map("Tags").value_or(std::map<std::string, std::string>());
  check_tags(function.tags);
  if (functions_.count(function.name) > 0)
    throw lambda_api::conflict("Function already exist: " + function.name);
  const CodeSource source = code_of(Members(*members.object("Code")), limits_);
  function.latest.code = effects_.store(source);
  const int64_t now = effects_.now_ms();
  function.latest.modified_ms = now;
  function.latest.active_ms = now + limits_.activation_ms;
  function.latest.revision = effects_.new_id();
  const std::string* number = &function.latest.number;
  if (members.flag("Publish").value_or(false))
    number = &publish(function, function.latest.configuration.description).number;
  effects_.changed(function);
  const Function& added = functions_[function.name] = function;
  return json_answer(
      201, configuration_document(limits_, added, version_of(limits_, added, *number), now,
                                  States::told));
}

http::Response ControlPlane::update_configuration(const Route& route,
                                                  const http::Request& request) {
  Function changed = find(route);
  const boost::json::object body = lambda_api::parse_body(request.body);
  changed.latest.configuration = lambda_api::configured(body, limits_, lambda_api::Request::update,
                                                        changed.latest.configuration);
  check_revision(Members(body), changed.latest);
  require_changeable(changed);
  touch(changed);
  effects_.changed(changed);
  const Function& kept = find(route) = std::move(changed);
  return json_answer(
      200, configuration_document(limits_, kept, kept.latest, effects_.now_ms(), States::told));
}

http::Response ControlPlane::update_code(const Route& route, const http::Request& request) {
  Function changed = find(route);
  const boost::json::object body = lambda_api::parse_body(request.body);
  const Members members(body);
  check_revision(members, changed.latest);
  require_changeable(changed);
  const CodeSource source = code_of(members, limits_);
  changed.latest.code = effects_.store(source);
  if (const auto architectures = members.texts("Architectures"))
    changed.latest.configuration.architectures = *architectures;
  const bool tried_only = members.flag("DryRun").value_or(false);
  if (tried_only)
    return json_answer(200, configuration_document(limits_, changed, changed.latest,
                                                   effects_.now_ms(), States::told));
  touch(changed);
  std::string number = changed.latest.number;
  if (members.flag("Publish").value_or(false))
    number = publish(changed, changed.latest.configuration.description).number;
  effects_.changed(changed);
  const Function& kept = find(route) = std::move(changed);
  return json_answer(200, configuration_document(limits_, kept, version_of(limits_, kept, number),
                                                 effects_.now_ms(), States::told));
}

http::Response ControlPlane::delete_function(const Route& route) {
  const lambda_api::FunctionName name = name_of(route);
  Function& function = find(route);
  if (name.qualifier.empty()) {
    effects_.removed(function.name);
    functions_.erase(name.name);
    return empty_answer(204);
  }
  if (name.qualifier == lambda_api::kLatest)
    throw lambda_api::invalid_parameter(
        "$LATEST version cannot be deleted without deleting the function.");
  if (!lambda_api::is_version_number(name.qualifier))
    throw lambda_api::invalid_parameter("Deletion of aliases is not currently supported.");
  forget_version(function, name.qualifier);
  return empty_answer(204);
}

http::Response ControlPlane::get_function(const Route& route) const {
  const Function& function = find(route);
  const auto& version = version_of(limits_, function, name_of(route).qualifier);
  return json_answer(200, function_document(limits_, function, version, effects_.now_ms()));
}

http::Response ControlPlane::get_configuration(const Route& route) const {
  const Function& function = find(route);
  const auto& version = version_of(limits_, function, name_of(route).qualifier);
  return json_answer(
      200, configuration_document(limits_, function, version, effects_.now_ms(), States::told));
}

http::Response ControlPlane::list_functions(const Route& route) const {
  const std::string versions = route.parameter("FunctionVersion");
  lambda_api::Violations violations;
  if (!versions.empty()) violations.check_enum("functionVersion", versions, {"ALL"});
  violations.throw_if_any();
  std::vector<ListEntry> entries;
  const auto add = [&](const Function& function, const lambda_api::Version& version,
                       const std::string& key) {
    boost::json::object document =
        configuration_document(limits_, function, version, effects_.now_ms(), States::left_out);
    if (!versions.empty())
      document["FunctionArn"] =
          lambda_api::function_arn(limits_.owner, function.name, version.number);
    entries.push_back({key, std::move(document)});
  };
  for (const auto& [name, function] : functions_) {
    add(function, function.latest, name);
    if (versions.empty()) continue;
    // A blank is in no name, and before whatever is in one.
    for (const auto& [number, version] : function.versions)
      add(function, version, name + " " + std::to_string(1'000'000'000'000 + number));
  }
  return json_answer(200, page_of(route, "Functions", std::move(entries), kFunctionsOfPage));
}

}  // namespace wukong::control_plane
