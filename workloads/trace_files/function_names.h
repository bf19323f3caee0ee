// Functions by the names that a file gives them, numbered as they come.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "sim/base/error.h"
#include "workloads/traces/function_table.h"

namespace wukong::trace_files {

class FunctionNames {
 public:
  // Throws Error at `place` for more functions than a trace has.
  traces::TraceFunctionId find_or_add(const std::string& app, const std::string& function,
                                      const ErrorPlace& place);
  std::optional<traces::TraceFunctionId> find(const std::string& app,
                                              const std::string& function) const;

  const traces::FunctionTable& table() const { return table_; }
  traces::FunctionTable& table() { return table_; }

 private:
  traces::FunctionTable table_;
  std::map<std::string, traces::AppId, std::less<>> apps_;
  std::map<std::pair<uint32_t, std::string>, traces::TraceFunctionId> functions_;  // by app
};

}  // namespace wukong::trace_files
