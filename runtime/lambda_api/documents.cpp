#include "runtime/lambda_api/documents.h"

#include <algorithm>

#include "runtime/lambda_api/text_codes.h"

namespace wukong::lambda_api {

namespace json = boost::json;

namespace {

json::array texts(const std::vector<std::string>& values) {
  json::array list;
  for (const std::string& value : values) list.emplace_back(value);
  return list;
}

json::object text_map(const std::map<std::string, std::string>& map) {
  json::object object;
  for (const auto& [key, value] : map) object[key] = value;
  return object;
}

void add_states(const Version& version, int64_t now_ms, json::object& document) {
  if (is_pending(version, now_ms)) {
    document["State"] = "Pending";
    document["StateReason"] = "The function is being created.";
    document["StateReasonCode"] = "Creating";
    return;
  }
  document["State"] = "Active";
  if (!is_updating(version, now_ms)) {
    document["LastUpdateStatus"] = "Successful";
    return;
  }
  document["LastUpdateStatus"] = "InProgress";
  document["LastUpdateStatusReason"] = "The function is being created.";
  document["LastUpdateStatusReasonCode"] = "Creating";
}

double unix_seconds(int64_t ms) { return static_cast<double>(ms) / 1000; }

}  // namespace

bool is_pending(const Version& version, int64_t now_ms) { return now_ms < version.active_ms; }
bool is_updating(const Version& version, int64_t now_ms) { return now_ms < version.updated_ms; }

json::object configuration_document(const Limits& limits, const Function& function,
                                    const Version& version, int64_t now_ms, States states) {
  const Configuration& configuration = version.configuration;
  const bool is_latest = version.number == kLatest;
  json::object document;
  document["FunctionName"] = function.name;
  document["FunctionArn"] =
      function_arn(limits.owner, function.name, is_latest ? "" : version.number);
  document["Runtime"] = configuration.runtime;
  document["Role"] = configuration.role;
  document["Handler"] = configuration.handler;
  document["CodeSize"] = version.code.size;
  document["Description"] = configuration.description;
  document["Timeout"] = configuration.timeout_s;
  document["MemorySize"] = configuration.memory_mb;
  document["LastModified"] = iso_time(version.modified_ms);
  document["CodeSha256"] = version.code.sha256;
  document["Version"] = version.number;
  if (!configuration.dead_letter.empty())
    document["DeadLetterConfig"] = {{"TargetArn", configuration.dead_letter}};
  if (!configuration.environment.empty())
    document["Environment"] = {{"Variables", text_map(configuration.environment)}};
  document["TracingConfig"] = {{"Mode", configuration.tracing}};
  document["RevisionId"] = version.revision;
  if (states == States::told) add_states(version, now_ms, document);
  document["PackageType"] = "Zip";
  document["Architectures"] = texts(configuration.architectures);
  document["EphemeralStorage"] = {{"Size", configuration.storage_mb}};
  document["SnapStart"] = {{"ApplyOn", "None"}, {"OptimizationStatus", "Off"}};
  const std::string group =
      configuration.log_group.empty() ? "/aws/lambda/" + function.name : configuration.log_group;
  document["LoggingConfig"] = {{"LogFormat", configuration.log_format}, {"LogGroup", group}};
  return document;
}

json::object function_document(const Limits& limits, const Function& function,
                               const Version& version, int64_t now_ms) {
  json::object document;
  document["Configuration"] =
      configuration_document(limits, function, version, now_ms, States::told);
  document["Code"] = {
      {"RepositoryType", "S3"},
      {"Location", limits.endpoint + "/_wukong/code/" + function.name + "/" + version.number}};
  if (!function.tags.empty()) document["Tags"] = text_map(function.tags);
  if (function.reserved)
    document["Concurrency"] = {{"ReservedConcurrentExecutions", *function.reserved}};
  return document;
}

json::object alias_document(const Limits& limits, const Function& function, const Alias& alias) {
  json::object document;
  document["AliasArn"] = function_arn(limits.owner, function.name, alias.name);
  document["Name"] = alias.name;
  document["FunctionVersion"] = alias.version;
  document["Description"] = alias.description;
  if (!alias.weights.empty()) {
    json::object weights;
    for (const auto& [version, weight] : alias.weights) weights[version] = weight;
    document["RoutingConfig"] = {{"AdditionalVersionWeights", weights}};
  }
  document["RevisionId"] = alias.revision;
  return document;
}

json::object event_config_document(const Limits& limits, const Function& function,
                                   const std::string& qualifier, const EventConfig& config) {
  json::object document;
  document["LastModified"] = unix_seconds(config.modified_ms);
  document["FunctionArn"] = function_arn(limits.owner, function.name, qualifier);
  if (config.retries) document["MaximumRetryAttempts"] = *config.retries;
  if (config.age_s) document["MaximumEventAgeInSeconds"] = *config.age_s;
  const auto destination = [](const std::string& arn) {
    return arn.empty() ? json::object() : json::object{{"Destination", arn}};
  };
  document["DestinationConfig"] = {{"OnSuccess", destination(config.on_success)},
                                   {"OnFailure", destination(config.on_failure)}};
  return document;
}

json::object url_document(const Limits& limits, const Function& function,
                          const std::string& qualifier, const UrlConfig& config) {
  json::object document;
  document["FunctionUrl"] = limits.endpoint + "/url/" + config.id + "/";
  document["FunctionArn"] =
      function_arn(limits.owner, function.name, qualifier == kLatest ? "" : qualifier);
  document["AuthType"] = config.auth_type;
  if (!config.cors.empty()) document["Cors"] = json::parse(config.cors);
  document["CreationTime"] = zulu_time(config.created_ms);
  document["LastModifiedTime"] = zulu_time(config.modified_ms);
  document["InvokeMode"] = config.invoke_mode;
  return document;
}

json::object provisioned_document(const Provisioned& provisioned, int64_t ready) {
  const int64_t available = std::min(ready, provisioned.requested);
  json::object document;
  document["RequestedProvisionedConcurrentExecutions"] = provisioned.requested;
  if (available > 0) document["AvailableProvisionedConcurrentExecutions"] = available;
  document["AllocatedProvisionedConcurrentExecutions"] = available;
  document["Status"] = available == provisioned.requested ? "READY" : "IN_PROGRESS";
  document["LastModified"] = iso_time(provisioned.modified_ms);
  return document;
}

int64_t own_concurrency(const Function& function) {
  if (function.reserved) return *function.reserved;
  int64_t provisioned = 0;
  for (const auto& [qualifier, one] : function.provisioned) provisioned += one.requested;
  return provisioned;
}

int64_t unreserved_concurrency(const Limits& limits, const Functions& functions) {
  int64_t left = limits.account_concurrency;
  for (const auto& [name, function] : functions) left -= own_concurrency(function);
  return left;
}

json::object account_document(const Limits& limits, const Functions& functions) {
  int64_t stored = 0;
  for (const auto& [name, function] : functions) {
    stored += function.latest.code.size;
    for (const auto& [number, version] : function.versions) stored += version.code.size;
  }
  json::object document;
  document["AccountLimit"] = {
      {"TotalCodeSize", limits.code_storage},
      {"CodeSizeUnzipped", limits.unzipped},
      {"CodeSizeZipped", limits.zip_file},
      {"ConcurrentExecutions", limits.account_concurrency},
      {"UnreservedConcurrentExecutions", unreserved_concurrency(limits, functions)}};
  document["AccountUsage"] = {{"TotalCodeSize", stored},
                              {"FunctionCount", static_cast<int64_t>(functions.size())}};
  return document;
}

}  // namespace wukong::lambda_api
