#include "runtime/lambda_api/configuration_input.h"

#include <algorithm>
#include <iterator>
#include <regex>
#include <string_view>

#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/members.h"

namespace wukong::lambda_api {
namespace {

constexpr const char* kRolePattern =
    "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+";
constexpr size_t kMostEnvironmentBytes = 4096;

// Lambda developer guide, reserved environment variables: a function's owner can't set them.
constexpr std::string_view kReservedVariables[] = {
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
};

void check_environment(const std::map<std::string, std::string>& variables) {
  size_t bytes = 0;
  std::string reserved;
  for (const auto& [name, value] : variables) {
    static const std::regex pattern("[a-zA-Z]([a-zA-Z0-9_])+");
    const auto* const known =
        std::find(std::begin(kReservedVariables), std::end(kReservedVariables), name);
    if (known != std::end(kReservedVariables)) {
      reserved += (reserved.empty() ? "" : ", ") + name;
    } else if (!std::regex_match(name, pattern)) {
      Violations violations;
      violations.add("environment.variables", name,
                     "satisfy constraint: [Member must satisfy regular expression pattern: "
                     "[a-zA-Z]([a-zA-Z0-9_])+]");
      violations.throw_if_any();
    }
    if (value.find('\0') != std::string::npos)
      throw invalid_parameter("Environment variable " + name + " contains a NUL character");
    bytes += name.size() + value.size();
  }
  if (!reserved.empty())
    throw invalid_parameter(
        "Lambda was unable to configure your environment variables because the environment "
        "variables you have provided contains reserved keys that are currently not supported for "
        "modification. Reserved keys used in this request: " +
        reserved);
  if (bytes > kMostEnvironmentBytes)
    throw invalid_parameter(
        "Lambda was unable to configure your environment variables because the environment "
        "variables you have provided exceeded the 4KB limit. Bytes measured: " +
        std::to_string(bytes));
}

void check_runtime(const std::string& runtime) {
  if (can_run(runtime)) return;
  throw invalid_parameter("Value " + runtime +
                          " at 'runtime' failed to satisfy constraint: Member must satisfy enum "
                          "value set: [python3.x, nodejsN.x, provided, provided.al2, "
                          "provided.al2023], which is what this server can run");
}

void check_values(const Members& members, const Limits& limits, Request request) {
  Violations violations;
  violations.check_range("timeout", members.integer("Timeout"), 1, limits.timeout_s_most);
  violations.check_range("memorySize", members.integer("MemorySize"), limits.memory_mb_least,
                         limits.memory_mb_most);
  violations.check_length("description", members.text("Description"), 256);
  violations.check_length("handler", members.text("Handler"), 128);
  if (const auto* storage = members.object("EphemeralStorage"))
    violations.check_range("ephemeralStorage.size", Members(*storage).integer("Size"), 512, 10240);
  if (const auto* tracing = members.object("TracingConfig"))
    violations.check_enum("tracingConfig.mode", Members(*tracing).text("Mode"),
                          {"Active", "PassThrough"});
  if (const auto* logging = members.object("LoggingConfig")) {
    static const std::regex group_pattern("/?[-._#A-Za-z0-9]+(/[-._#A-Za-z0-9]+)*");
    const std::optional<std::string> group = Members(*logging).text("LogGroup");
    // It is also a folder, which lies in another one.
    const bool goes_up = group && ("/" + *group + "/").find("/../") != std::string::npos;
    if (group && (group->size() > 512 || goes_up || !std::regex_match(*group, group_pattern)))
      violations.add("loggingConfig.logGroup", *group,
                     "satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+");
  }
  violations.check_enum("packageType", members.text("PackageType"), {"Zip", "Image"});
  static const std::regex role_pattern(kRolePattern);
  const std::optional<std::string> role = members.text("Role");
  if (role && (role->size() > 200 || !std::regex_match(*role, role_pattern)))
    violations.add("role", *role,
                   std::string("satisfy regular expression pattern: ") + kRolePattern);
  if (!role && request == Request::create) violations.add("role", "null", "not be null");
  violations.throw_if_any();
  if (members.text("PackageType") == "Image")
    throw invalid_parameter("this server runs no container images: PackageType is Zip");
  if (members.has("Layers") && !members.texts("Layers")->empty())
    throw invalid_parameter("this server has no layers: put what is in them into the package");
}

void read_nested(const Members& members, Configuration& configuration) {
  if (const auto* environment = members.object("Environment"))
    configuration.environment =
        Members(*environment).text_map("Variables").value_or(std::map<std::string, std::string>());
  if (const auto* storage = members.object("EphemeralStorage"))
    configuration.storage_mb = Members(*storage).integer("Size").value_or(configuration.storage_mb);
  if (const auto* tracing = members.object("TracingConfig"))
    configuration.tracing = Members(*tracing).text("Mode").value_or(configuration.tracing);
  if (const auto* letters = members.object("DeadLetterConfig"))
    configuration.dead_letter = Members(*letters).text("TargetArn").value_or("");
  if (const auto* logging = members.object("LoggingConfig")) {
    const Members log(*logging);
    configuration.log_format = log.text("LogFormat").value_or(configuration.log_format);
    configuration.log_group = log.text("LogGroup").value_or(configuration.log_group);
  }
}

}  // namespace

bool can_run(const std::string& runtime) {
  static const std::regex pattern("python3\\.\\d+|nodejs\\d+\\.x|provided(\\.al2|\\.al2023)?");
  return std::regex_match(runtime, pattern);
}

Configuration configured(const boost::json::object& body, const Limits& limits, Request request,
                         Configuration before) {
  const Members members(body);
  check_values(members, limits, request);
  Configuration configuration = std::move(before);
  const auto take = [&members](const char* name, std::string& into) {
    if (std::optional<std::string> given = members.text(name)) into = std::move(*given);
  };
  take("Runtime", configuration.runtime);
  take("Role", configuration.role);
  take("Handler", configuration.handler);
  take("Description", configuration.description);
  configuration.timeout_s = members.integer("Timeout").value_or(configuration.timeout_s);
  configuration.memory_mb = members.integer("MemorySize").value_or(configuration.memory_mb);
  if (std::optional<std::vector<std::string>> architectures = members.texts("Architectures"))
    configuration.architectures = std::move(*architectures);
  read_nested(members, configuration);
  if (configuration.runtime.empty() || configuration.handler.empty())
    throw invalid_parameter(
        "Runtime and Handler are mandatory parameters for functions created "
        "with deployment packages.");
  check_runtime(configuration.runtime);
  check_environment(configuration.environment);
  return configuration;
}

}  // namespace wukong::lambda_api
