#include "bench/serve/pages.h"

#include <boost/json.hpp>
#include <cmath>

#include "bench/text/format.h"
#include "runtime/control_plane/control_plane.h"
#include "runtime/lambda_api/documents.h"
#include "runtime/serving/activity.h"
#include "runtime/serving/server.h"
#include "sim/functions/lambda_client.h"
#include "sim/functions/throttle_reason.h"
#include "sim/platform/cloud.h"
#include "sim/platform/platform.h"

namespace wukong::serve {
namespace {

namespace json = boost::json;

constexpr size_t kSecondsShown = 300;

double rounded(double value) { return std::round(value * 1000) / 1000; }

void add_counts(const serving::FunctionActivity& activity, json::object& document) {
  document["invocations"] = activity.invocations;
  document["errors"] = activity.errors;
  document["cold_starts"] = activity.cold_starts;
  document["throttles"] = activity.throttles;
  document["p50_ms"] = rounded(activity.latency.quantile_ms(0.5));
  document["p99_ms"] = rounded(activity.latency.quantile_ms(0.99));
}

json::array functions_of(serving::Server& server) {
  const auto& activities = server.activity().functions();
  json::array list;
  for (const auto& [name, function] : server.control().functions()) {
    const lambda_api::Configuration& configuration = function.latest.configuration;
    json::object document{{"name", name},
                          {"runtime", configuration.runtime},
                          {"memory_mb", configuration.memory_mb},
                          {"timeout_s", configuration.timeout_s},
                          {"versions", function.versions.size()}};
    document["reserved"] = function.reserved ? json::value(*function.reserved) : json::value();
    const auto activity = activities.find(name);
    add_counts(activity == activities.end() ? serving::FunctionActivity() : activity->second,
               document);
    list.push_back(std::move(document));
  }
  return list;
}

json::array seconds_of(const serving::Activity& activity) {
  json::array list;
  const auto& seconds = activity.seconds();
  const size_t first = seconds.size() > kSecondsShown ? seconds.size() - kSecondsShown : 0;
  for (size_t i = first; i < seconds.size(); ++i) {
    const serving::Second& one = seconds[i];
    list.push_back(json::object{{"second", one.second},
                                {"invocations", one.invocations},
                                {"errors", one.errors},
                                {"cold_starts", one.cold_starts},
                                {"throttles", one.throttles},
                                {"running", rounded(one.running)},
                                {"environments", one.environments},
                                {"longest_ms", rounded(one.latency_most_ms)}});
  }
  return list;
}

http::Response page(const char* type, std::string body) {
  return {.status = 200,
          .headers = {{"Content-Type", type},
                      {"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Content-Security-Policy",
                       "default-src 'self'; img-src data:; script-src "
                       "'unsafe-inline'; style-src 'unsafe-inline'"}},
          .body = std::move(body)};
}

}  // namespace

std::string state_document(serving::Server& server, const ServeSetup& setup) {
  const functions::LambdaStatistics& statistics = server.platform().lambda().statistics();
  json::object account{
      {"concurrency_limit", setup.platform.functions.account_concurrency},
      {"unreserved",
       lambda_api::unreserved_concurrency(server.control().limits(), server.control().functions())},
      {"running", statistics.concurrency},
      {"peak", statistics.peak_concurrency},
      {"environments", server.platform().cloud().functions().levels().environments.level()},
      {"processes", server.environments()}};
  json::object totals;
  add_counts(server.activity().all(), totals);
  totals["billed_gb_s"] = statistics.billed_gb_s;
  totals["cost_usd"] = text::usd_of(server.platform().cost_so_far());
  json::object reasons;
  for (size_t i = 0; i < std::size(functions::kThrottleReasonNames); ++i) {
    const uint64_t count = statistics.throttles_by_reason[i];
    if (count == 0) continue;
    json::value& known = reasons[functions::kThrottleReasonNames[i]];
    known = known.is_null() ? count : known.to_number<uint64_t>() + count;
  }
  totals["throttles_by_reason"] = std::move(reasons);
  return json::serialize(json::object{{"endpoint", server.endpoint()},
                                      {"now_s", rounded(server.now().to_seconds())},
                                      {"account", std::move(account)},
                                      {"totals", std::move(totals)},
                                      {"functions", functions_of(server)},
                                      {"seconds", seconds_of(server.activity())}});
}

std::optional<http::Response> page_for(serving::Server& server, const ServeSetup& setup,
                                       const http::Request& request) {
  if (request.method != "GET") return std::nullopt;
  if (request.target == "/_wukong/") return page("text/html; charset=utf-8", kPageHtml);
  if (request.target == "/_wukong/state.json")
    return page("application/json", state_document(server, setup));
  const std::string code = "/_wukong/code/";
  if (request.target.rfind(code, 0) != 0) return std::nullopt;
  const std::string rest = request.target.substr(code.size());
  const size_t slash = rest.find('/');
  if (slash == std::string::npos) return std::nullopt;
  std::optional<std::string> zip = server.code(rest.substr(0, slash), rest.substr(slash + 1));
  if (!zip) return std::nullopt;
  return page("application/zip", std::move(*zip));
}

}  // namespace wukong::serve
