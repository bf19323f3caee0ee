#include "bench/serve/announcement.h"

#include <fmt/format.h>

#include "bench/text/format.h"
#include "runtime/environments/process_environments.h"

namespace wukong::serve {
namespace {

std::string limits_kept(const ServeSetup& setup) {
  const functions::LambdaSpec& functions = setup.platform.functions;
  const functions::ScalingSpec& scaling = functions.scaling;
  return fmt::format(
      "  account concurrency {}, {:.0f} requests/s, {} + {} new environments each {}{}; "
      "environments stay as the platform's rule says; start times {}\n",
      text::format_whole(functions.account_concurrency),
      functions.requests_per_s_per_concurrency * static_cast<double>(functions.account_concurrency),
      text::format_whole(scaling.burst), text::format_whole(scaling.refill),
      text::format_time(scaling.refill_period.to_seconds()),
      scaling.scope == functions::ScalingScope::function ? " for each function" : "",
      setup.serve.start_times == StartTimes::modelled
          ? "modelled (longer where this machine needs longer)"
          : "this machine's");
}

}  // namespace

std::string announcement(const std::string& endpoint, const ServeSetup& setup,
                         const environments::ProcessEnvironments& environments) {
  const std::string& region = setup.serve.region;
  std::string text = fmt::format("AWS Lambda API at {}\n\nTry it:\n", endpoint);
  text +=
      fmt::format("  aws lambda list-functions --endpoint-url {} --region {}\n", endpoint, region);
  text += fmt::format(
      "  python3 -c 'import boto3; print(boto3.client(\"lambda\", endpoint_url=\"{}\", "
      "region_name=\"{}\").get_account_settings())'\n",
      endpoint, region);
  text += fmt::format("  curl {}/2016-08-19/account-settings\n", endpoint);
  text += fmt::format("What it does: {}/_wukong/\n", endpoint);
  text += "(Clients want some credentials: AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test.)\n";
  text += "\nKept:\n" + limits_kept(setup);
  text += "  memory: " + environments.memory_limit() + "\n";
  text += "  CPU: " + environments.cpu_share() + "\n";
  text += "  frozen between calls: " + environments.freezing() + "\n";
  text += "  isolation: " + environments.isolation() + "\n";
  text +=
      "Not kept: the rates of control requests; the size of /tmp; permissions (roles are names "
      "only); layers, container images, VPCs; response streaming; SnapStart; the Extensions API.\n";
  return text;
}

}  // namespace wukong::serve
