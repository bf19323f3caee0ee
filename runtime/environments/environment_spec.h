// Which function an environment runs, and what it is granted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace wukong::environments {

struct EnvironmentSpec {
  std::string function_name;
  std::string version = "$LATEST";
  std::string arn;  // without a qualifier
  std::string handler;
  std::string runtime;  // provided..., python3.x or nodejsN.x: see supports_runtime()
  int64_t memory_mb = 128;
  std::vector<std::pair<std::string, std::string>> variables;  // the function's own
  std::filesystem::path code_folder;  // LAMBDA_TASK_ROOT, and where the process begins
  std::filesystem::path log_folder;   // of its log group; made if it is not there
  std::string log_group;              // empty: /aws/lambda/ and the function's name
  std::string region = "us-east-1";
  std::string access_key_id = "test";
  std::string secret_access_key = "test";
  std::string session_token = "test";
  std::string initialization_type = "on-demand";  // or provisioned-concurrency
};

// Whether an environment can be made for a runtime's name: "provided.al2023", "python3.12",
// "nodejs22.x".
bool supports_runtime(const std::string& runtime);

}  // namespace wukong::environments
