#include "runtime/lambda_api/route.h"

#include <algorithm>
#include <vector>

#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/text_codes.h"

namespace wukong::lambda_api {
namespace {

// In a pattern "*" is a segment: the first is the target, the second an alias. A "/" at the end of
// a path does not matter.
struct Pattern {
  std::string_view method;
  std::string_view path;
  Operation operation;
};

constexpr Pattern kPatterns[] = {
    {"POST", "/2015-03-31/functions/*/invocations", Operation::invoke},
    {"POST", "/2014-11-13/functions/*/invoke-async", Operation::invoke_async},
    {"POST", "/2021-11-15/functions/*/response-streaming-invocations", Operation::invoke_streaming},
    {"POST", "/2015-03-31/functions", Operation::create_function},
    {"GET", "/2015-03-31/functions", Operation::list_functions},
    {"GET", "/2015-03-31/functions/*", Operation::get_function},
    {"DELETE", "/2015-03-31/functions/*", Operation::delete_function},
    {"GET", "/2015-03-31/functions/*/configuration", Operation::get_configuration},
    {"PUT", "/2015-03-31/functions/*/configuration", Operation::update_configuration},
    {"PUT", "/2015-03-31/functions/*/code", Operation::update_code},
    {"POST", "/2015-03-31/functions/*/versions", Operation::publish_version},
    {"GET", "/2015-03-31/functions/*/versions", Operation::list_versions},
    {"POST", "/2015-03-31/functions/*/aliases", Operation::create_alias},
    {"GET", "/2015-03-31/functions/*/aliases", Operation::list_aliases},
    {"GET", "/2015-03-31/functions/*/aliases/*", Operation::get_alias},
    {"PUT", "/2015-03-31/functions/*/aliases/*", Operation::update_alias},
    {"DELETE", "/2015-03-31/functions/*/aliases/*", Operation::delete_alias},
    {"PUT", "/2017-10-31/functions/*/concurrency", Operation::put_concurrency},
    {"GET", "/2019-09-30/functions/*/concurrency", Operation::get_concurrency},
    {"DELETE", "/2017-10-31/functions/*/concurrency", Operation::delete_concurrency},
    {"PUT", "/2019-09-30/functions/*/provisioned-concurrency", Operation::put_provisioned},
    {"GET", "/2019-09-30/functions/*/provisioned-concurrency", Operation::get_provisioned},
    {"DELETE", "/2019-09-30/functions/*/provisioned-concurrency", Operation::delete_provisioned},
    {"PUT", "/2019-09-25/functions/*/event-invoke-config", Operation::put_event_config},
    {"POST", "/2019-09-25/functions/*/event-invoke-config", Operation::update_event_config},
    {"GET", "/2019-09-25/functions/*/event-invoke-config", Operation::get_event_config},
    {"DELETE", "/2019-09-25/functions/*/event-invoke-config", Operation::delete_event_config},
    {"GET", "/2019-09-25/functions/*/event-invoke-config/list", Operation::list_event_configs},
    {"POST", "/2021-10-31/functions/*/url", Operation::create_url},
    {"GET", "/2021-10-31/functions/*/url", Operation::get_url},
    {"PUT", "/2021-10-31/functions/*/url", Operation::update_url},
    {"DELETE", "/2021-10-31/functions/*/url", Operation::delete_url},
    {"GET", "/2021-10-31/functions/*/urls", Operation::list_urls},
    {"POST", "/2017-03-31/tags/*", Operation::tag_resource},
    {"DELETE", "/2017-03-31/tags/*", Operation::untag_resource},
    {"GET", "/2017-03-31/tags/*", Operation::list_tags},
    {"GET", "/2016-08-19/account-settings", Operation::get_account_settings},
};

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  size_t begin = 1;
  while (begin <= path.size()) {
    const size_t end = std::min(path.find('/', begin), path.size());
    segments.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  if (!segments.empty() && segments.back().empty()) segments.pop_back();
  return segments;
}

bool fits(std::string_view pattern, const std::vector<std::string_view>& segments,
          std::vector<std::string_view>& stars) {
  const std::vector<std::string_view> expected = segments_of(pattern);
  if (expected.size() != segments.size()) return false;
  stars.clear();
  for (size_t i = 0; i < expected.size(); ++i) {
    if (expected[i] == "*")
      stars.push_back(segments[i]);
    else if (expected[i] != segments[i])
      return false;
  }
  return true;
}

}  // namespace

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

std::multimap<std::string, std::string> parameters_of(std::string_view target) {
  std::multimap<std::string, std::string> parameters;
  const size_t mark = target.find('?');
  std::string_view query = mark == std::string_view::npos ? "" : target.substr(mark + 1);
  while (!query.empty()) {
    const std::string_view one = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), one.size() + 1));
    const size_t equals = one.find('=');
    if (one.empty()) continue;
    parameters.emplace(
        percent_decoded(one.substr(0, equals)),
        equals == std::string_view::npos ? "" : percent_decoded(one.substr(equals + 1)));
  }
  return parameters;
}

std::string Route::parameter(const std::string& name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? "" : found->second;
}

Route route_of(const http::Request& request) {
  const std::string_view path = path_of(request.target);
  const std::vector<std::string_view> segments = segments_of(path);
  std::vector<std::string_view> stars;
  for (const Pattern& pattern : kPatterns) {
    if (pattern.method != request.method || !fits(pattern.path, segments, stars)) continue;
    Route route;
    route.operation = pattern.operation;
    if (!stars.empty()) route.target = percent_decoded(stars[0]);
    if (stars.size() > 1) route.alias = percent_decoded(stars[1]);
    route.parameters = parameters_of(request.target);
    return route;
  }
  throw unknown_operation(request.method.substr(0, 20), std::string(path.substr(0, 200)));
}

}  // namespace wukong::lambda_api
