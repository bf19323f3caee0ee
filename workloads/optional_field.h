// A parameter that may be absent, where the workload then has a rule of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/base/fields.h"

namespace wukong::workloads {

inline void optional_field(FieldVisitor& v, std::string_view key, std::optional<int64_t>& value,
                           Bounds bounds) {
  if (!v.present(key, value.has_value())) {
    value.reset();
    return;
  }
  int64_t given = value.value_or(0);
  v.field(key, given, bounds);
  value = given;
}

}  // namespace wukong::workloads
