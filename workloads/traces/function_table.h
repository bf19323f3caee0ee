// Who is invoked in a trace: functions, and the applications that they belong to. As many as the
// trace has of them, so small beside its invocations; a table is made once and only read then.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/bytes.h"
#include "sim/base/id.h"
#include "sim/base/time.h"

namespace wukong::traces {

using AppId = Id<struct AppTag>;
using TraceFunctionId = Id<struct TraceFunctionTag>;

// What invokes a function, in the words of the Azure traces; `unknown`: the trace does not say.
enum class Trigger { http, queue, event, timer, orchestration, storage, others, unknown };
constexpr std::string_view kTriggerNames[] = {"http",          "queue",   "event",  "timer",
                                              "orchestration", "storage", "others", "unknown"};
constexpr size_t kTriggers = std::size(kTriggerNames);

struct TraceApp {
  std::string name;  // unique
};

struct TraceFunction {
  std::string name;  // unique in its app
  AppId app;
  Trigger trigger = Trigger::unknown;
  Bytes memory;
  // Of the whole trace, or expected ones where it is drawn: for samplers, which choose by them.
  Duration mean_duration;
  double invocations_per_day = 0;
};

// More would be a file of something else, whose every line names a function of its own.
constexpr size_t kMostTraceFunctions = 2'000'000;

class FunctionTable {
 public:
  AppId add_app(std::string name);
  // REQUIRES: its app has been added.
  TraceFunctionId add_function(TraceFunction function);

  size_t app_count() const { return apps_.size(); }
  size_t function_count() const { return functions_.size(); }
  const TraceApp& app(AppId id) const { return apps_[id.index()]; }
  const TraceFunction& function(TraceFunctionId id) const { return functions_[id.index()]; }
  TraceFunction& function(TraceFunctionId id) { return functions_[id.index()]; }
  const std::vector<TraceFunction>& functions() const { return functions_; }

 private:
  std::vector<TraceApp> apps_;
  std::vector<TraceFunction> functions_;
};

}  // namespace wukong::traces
