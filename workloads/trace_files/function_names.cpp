#include "workloads/trace_files/function_names.h"

namespace wukong::trace_files {

traces::TraceFunctionId FunctionNames::find_or_add(const std::string& app,
                                                   const std::string& function,
                                                   const ErrorPlace& place) {
  auto owner = apps_.find(app);
  if (owner == apps_.end()) owner = apps_.emplace(app, table_.add_app(app)).first;
  const auto [known, is_new] = functions_.try_emplace({owner->second.value(), function});
  if (is_new) {
    if (table_.function_count() == traces::kMostTraceFunctions)
      throw Error(place, "at most " + std::to_string(traces::kMostTraceFunctions) + " functions",
                  "more");
    known->second = table_.add_function({.name = function, .app = owner->second});
  }
  return known->second;
}

std::optional<traces::TraceFunctionId> FunctionNames::find(const std::string& app,
                                                           const std::string& function) const {
  const auto owner = apps_.find(app);
  if (owner == apps_.end()) return std::nullopt;
  const auto known = functions_.find({owner->second.value(), function});
  if (known == functions_.end()) return std::nullopt;
  return known->second;
}

}  // namespace wukong::trace_files
