// A function's configuration, as whoever adds it to the function service gives it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/time.h"

namespace wukong::functions {

// Memory is in MB of 1,048,576 bytes, as everywhere in this service.
struct FunctionConfig {
  std::string name = "executor";
  // What its processes and spans are called, for as long as anybody remembers them: a literal.
  const char* role = "executor";
  int64_t memory_mb = 0;
  Duration time_limit;
  // Environments that are idle and warm when the function is added; absent: the platform's default.
  std::optional<int64_t> prewarmed;
  // So many of the account's concurrent executions are this function's, and it has no others;
  // absent: it shares what nobody has reserved.
  std::optional<int64_t> reserved_concurrency;
  // Environments that are always there, beside those of the warm pool.
  int64_t provisioned_concurrency = 0;

  friend bool operator==(const FunctionConfig& a, const FunctionConfig& b) {
    return a.name == b.name && std::string_view(a.role) == b.role && a.memory_mb == b.memory_mb &&
           a.time_limit == b.time_limit && a.prewarmed == b.prewarmed &&
           a.reserved_concurrency == b.reserved_concurrency &&
           a.provisioned_concurrency == b.provisioned_concurrency;
  }
};

}  // namespace wukong::functions
