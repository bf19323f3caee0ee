#include "bench/serve/serve_result.h"

#include <fmt/format.h>

#include "bench/experiment/experiment.h"
#include "bench/result/result_json.h"
#include "bench/simulation/collect.h"
#include "bench/text/format.h"
#include "bench/text/table.h"
#include "runtime/control_plane/control_plane.h"
#include "runtime/serving/activity.h"
#include "runtime/serving/server.h"
#include "sim/functions/lambda_client.h"
#include "sim/platform/cloud.h"
#include "sim/platform/platform.h"

namespace wukong::serve {
namespace {

std::string milliseconds(double ms) { return text::format_time(ms * 1e-3); }

void add_activity(const std::string& name, const serving::FunctionActivity& activity,
                  text::Table& table) {
  table.add_row({"  " + name, text::format_whole(static_cast<int64_t>(activity.invocations)),
                 text::format_whole(static_cast<int64_t>(activity.errors)),
                 text::format_whole(static_cast<int64_t>(activity.cold_starts)),
                 text::format_whole(static_cast<int64_t>(activity.throttles)),
                 milliseconds(activity.latency.quantile_ms(0.5)),
                 milliseconds(activity.latency.quantile_ms(0.99))});
}

}  // namespace

run::RunResult result_of(serving::Server& server, const ServeSetup& setup) {
  run::RunResult result;
  result.system = "serve";
  result.workload = "requests";
  result.seed = setup.seed;
  result.completed = true;
  result.makespan = server.now().since_start();
  result.reported = result.makespan;
  platform::Platform& platform = server.platform();
  simulation::add_platform(platform, result);
  run::LoadResult load;
  load.all.name = "all";
  load.until = result.makespan;
  const serving::FunctionActivity& all = server.activity().all();
  load.all.arrived = all.invocations + all.throttles;
  load.all.failed = all.errors + all.throttles;
  load.all.invocations = result.invocations;
  load.all.cold_starts = result.cold_starts;
  load.all.cost = result.cost.total();
  const functions::LambdaStatistics& statistics = platform.lambda().statistics();
  if (statistics.failures.count() > 0) load.all.first_failure = statistics.failures.text();
  if (statistics.dropped > 0) load.all.first_failure = statistics.first_drop;
  if (statistics.refused > 0) load.all.first_failure = statistics.first_refusal;
  for (const auto& [name, activity] : server.activity().functions()) {
    run::LoadGroup group;
    group.name = name;
    group.arrived = activity.invocations + activity.throttles;
    group.failed = activity.errors + activity.throttles;
    group.invocations = activity.invocations;
    group.cold_starts = activity.cold_starts;
    load.groups.push_back(std::move(group));
  }
  simulation::add_levels(platform.cloud().functions().levels(), server.now(), load, result);
  result.load = std::move(load);
  return result;
}

std::string document_of(const run::RunResult& result, const ServeSetup& setup) {
  experiment::Experiment experiment;
  experiment.effective = setup.effective;
  return result::result_document(experiment, {&result, 1});
}

std::string session_report(serving::Server& server, const run::RunResult& result, size_t width) {
  using Align = text::Table::Align;
  text::Table table({Align::left, Align::right, Align::right, Align::right, Align::right,
                     Align::right, Align::right});
  table.add_row({"function", "invocations", "errors", "cold starts", "429s", "p50", "p99"});
  for (const auto& [name, activity] : server.activity().functions())
    add_activity(name, activity, table);
  if (server.activity().functions().size() != 1)
    add_activity("all", server.activity().all(), table);
  std::string report = fmt::format(
      "Served for {}, at most {} at once.\n\n", text::format_time(result.makespan.to_seconds()),
      text::format_whole(static_cast<int64_t>(result.peak_concurrency)));
  report += table.to_text({.width = width});
  report += fmt::format("\nBill: {} for {:.4g} GB-s and {} invocations.\n",
                        text::format_money(text::usd_of(result.cost.total())), result.billed_gb_s,
                        text::format_whole(static_cast<int64_t>(result.invocations)));
  return report;
}

std::string activity_line(serving::Server& server) {
  const functions::LambdaStatistics& statistics = server.platform().lambda().statistics();
  return fmt::format(
      "{}  functions {}  running {}  environments {}  invocations {}  cold starts "
      "{}  429s {}  errors {}  {}",
      text::format_time(server.now().to_seconds()), server.control().functions().size(),
      statistics.concurrency, server.environments(), statistics.invocations, statistics.cold_starts,
      statistics.throttles, statistics.failures.count(),
      text::format_money(text::usd_of(server.platform().cost_so_far())));
}

}  // namespace wukong::serve
