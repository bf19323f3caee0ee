// The account's quotas, and where the server is. Of AWS's, those that do not depend on the
// platform's preset are here.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/lambda_api/function_name.h"

namespace wukong::lambda_api {

struct Limits {
  Owner owner;
  std::string endpoint;  // "http://127.0.0.1:9000"
  // Of the platform.
  int64_t account_concurrency = 1000;
  int64_t unreserved_least = 100;
  int64_t memory_mb_least = 128;
  int64_t memory_mb_most = 10240;
  int64_t timeout_s_most = 900;
  int64_t sync_payload = 6 << 20;
  int64_t async_payload = 1 << 20;
  int64_t answer = (6 << 20) + 100;
  // Lambda developer guide, quotas: layers and packages.
  int64_t zip_file = 52'428'800;
  int64_t unzipped = 262'144'000;
  int64_t code_storage = 80'530'636'800;
  // How long a new function is Pending, and an update InProgress.
  int64_t activation_ms = 0;
};

}  // namespace wukong::lambda_api
