#include "workloads/traces/function_table.h"

#include "sim/base/check.h"

namespace wukong::traces {

AppId FunctionTable::add_app(std::string name) {
  apps_.push_back({std::move(name)});
  return AppId(apps_.size() - 1);
}

TraceFunctionId FunctionTable::add_function(TraceFunction function) {
  ENSURE(function.app.index() < apps_.size(), function.app.value(), apps_.size());
  functions_.push_back(std::move(function));
  return TraceFunctionId(functions_.size() - 1);
}

}  // namespace wukong::traces
