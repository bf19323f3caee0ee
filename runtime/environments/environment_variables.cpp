#include "runtime/environments/environment_variables.h"

#include <map>

namespace wukong::environments {

std::string log_group_of(const EnvironmentSpec& spec) {
  return spec.log_group.empty() ? "/aws/lambda/" + spec.function_name : spec.log_group;
}

std::vector<std::string> environment_variables(const EnvironmentSpec& spec,
                                               const EnvironmentPlace& place) {
  const std::string code = spec.code_folder.string();
  std::map<std::string, std::string> variables = {
      {"HOME", place.scratch.string()},
      {"LANG", "C.UTF-8"},
      {"LD_LIBRARY_PATH", code + ":" + code + "/lib"},
      {"NODE_PATH", code + "/node_modules"},
      {"PATH", place.search_path},
      {"PYTHONPATH", code},
      {"TMPDIR", (place.scratch / "tmp").string()},
      {"TZ", ":UTC"},
  };
  for (const auto& [name, value] : spec.variables) variables[name] = value;
  const std::pair<const char*, std::string> reserved[] = {
      {"_HANDLER", spec.handler},
      {"AWS_ACCESS_KEY_ID", spec.access_key_id},
      {"AWS_DEFAULT_REGION", spec.region},
      {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", std::to_string(spec.memory_mb)},
      {"AWS_LAMBDA_FUNCTION_NAME", spec.function_name},
      {"AWS_LAMBDA_FUNCTION_VERSION", spec.version},
      {"AWS_LAMBDA_INITIALIZATION_TYPE", spec.initialization_type},
      {"AWS_LAMBDA_LOG_GROUP_NAME", log_group_of(spec)},
      {"AWS_LAMBDA_LOG_STREAM_NAME", place.log_stream},
      {"AWS_LAMBDA_RUNTIME_API", place.runtime_api},
      {"AWS_REGION", spec.region},
      {"AWS_SECRET_ACCESS_KEY", spec.secret_access_key},
      {"AWS_SESSION_TOKEN", spec.session_token},
      {"LAMBDA_RUNTIME_DIR", place.clients.string()},
      {"LAMBDA_TASK_ROOT", code},
  };
  for (const auto& [name, value] : reserved) variables[name] = value;
  const bool provided = spec.runtime.compare(0, 8, "provided") == 0;
  if (!provided) variables["AWS_EXECUTION_ENV"] = "AWS_Lambda_" + spec.runtime;
  std::vector<std::string> list;
  for (const auto& [name, value] : variables) list.push_back(name + "=" + value);
  return list;
}

}  // namespace wukong::environments
