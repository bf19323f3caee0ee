// A function's configuration, as whoever adds it to the function service gives it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/base/time.h"

namespace wukong::functions {

// Memory is in MB of 1,048,576 bytes, as everywhere in this service.
struct FunctionConfig {
  const char* name = "executor";  // a string literal
  int64_t memory_mb = 0;
  Duration time_limit;
  // Environments that are idle and warm when the function is added; absent: the platform's default.
  std::optional<int64_t> prewarmed;

  friend bool operator==(const FunctionConfig& a, const FunctionConfig& b) {
    return std::string_view(a.name) == b.name && a.memory_mb == b.memory_mb &&
           a.time_limit == b.time_limit && a.prewarmed == b.prewarmed;
  }
};

}  // namespace wukong::functions
