#include "bench/services/measurements.h"

#include <fmt/format.h>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/services/samples.h"
#include "bench/text/format.h"
#include "sim/platform/platform_spec.h"

namespace wukong::services {
namespace {

constexpr int kSamples = 1000;
constexpr double kMs = 1000;

constexpr const char* kStellar = "STeLLAR, IISWC'21";
constexpr const char* kPyWren = "PyWren, SoCC'17, functions of 1.5 GB in 2017";
constexpr const char* kSkyrise = "arXiv 2501.07771, 2024";

void add_calls(std::vector<Measurement>& rows, const platform::PlatformSpec& spec) {
  const std::vector<double> warm = warm_calls(spec, kSamples);
  const std::vector<double> cold = cold_calls(spec, kSamples);
  const std::vector<double> burst = cold_burst(spec, 100, 20);
  const auto ms = [](const std::vector<double>& samples, double share) {
    return percentile(samples, share) * kMs;
  };
  rows.push_back({"warm call, median", kStellar, "ms", 18, ms(warm, 0.5)});
  rows.push_back({"warm call, 99th percentile", kStellar, "ms", 74, ms(warm, 0.99)});
  rows.push_back({"warm call, median", "ATC'18, 2017", "ms", 25, ms(warm, 0.5)});
  rows.push_back({"cold call, Python, median", std::string(kStellar) + ", with its client's 26 ms",
                  "ms", 360, ms(cold, 0.5)});
  rows.push_back({"cold call, Python, 99th percentile",
                  std::string(kStellar) + ", with its client's 26 ms", "ms", 570, ms(cold, 0.99)});
  rows.push_back({"100 cold calls of 1 s at once, median", kStellar, "ms", 1598, ms(burst, 0.5)});
  rows.push_back(
      {"100 cold calls of 1 s at once, 99th percentile", kStellar, "ms", 1865, ms(burst, 0.99)});
}

void add_stores(std::vector<Measurement>& rows, const platform::PlatformSpec& spec) {
  constexpr double kObject = 100e6;  // large enough for latencies not to matter
  const auto request = [&spec](Kind kind, Action action, double bytes, double share) {
    return percentile(requests(spec, kind, action, bytes, kSamples), share);
  };
  rows.push_back({"S3, read of 1 KiB, median", kSkyrise, "ms", 27,
                  request(Kind::s3, Action::get, 1024, 0.5) * kMs});
  rows.push_back({"S3, read of 1 KiB, 95th percentile", kSkyrise, "ms", 75,
                  request(Kind::s3, Action::get, 1024, 0.95) * kMs});
  rows.push_back({"S3, write of 1 KiB, median", kSkyrise, "ms", 40,
                  request(Kind::s3, Action::put, 1024, 0.5) * kMs});
  const std::vector<double> handed = handed_over(spec, 1e6, kSamples);
  rows.push_back({"1 MB through S3 to another function, median", kStellar, "ms", 111,
                  percentile(handed, 0.5) * kMs});
  rows.push_back({"1 MB through S3 to another function, 99th percentile", kStellar, "ms", 1177,
                  percentile(handed, 0.99) * kMs});
  rows.push_back({"S3, a function reads large objects", kPyWren, "MB/s", 40,
                  kObject / 1e6 / request(Kind::s3, Action::get, kObject, 0.5)});
  rows.push_back({"S3, a function writes large objects", kPyWren, "MB/s", 30,
                  kObject / 1e6 / request(Kind::s3, Action::put, kObject, 0.5)});
  rows.push_back({"S3, a function reads large objects", kStellar, "MB/s", 120,
                  kObject / 1e6 / request(Kind::s3, Action::get, kObject, 0.5)});
  rows.push_back({"Redis, a function's request of 128 B", kPyWren, "ms", 1.43,
                  request(Kind::redis, Action::get, 128, 0.5) * kMs});
}

double error_of(const Measurement& row) { return row.simulated / row.measured - 1; }

}  // namespace

std::vector<Measurement> measure_services(const platform::PlatformSpec& spec) {
  std::vector<Measurement> rows;
  add_calls(rows, spec);
  add_stores(rows, spec);
  return rows;
}

platform::PlatformSpec papers_platform() {
  const parameters::ParameterTree tree = parameters::parse_yaml(
      "platform: aws-2020\n",
      parameters::Origin{parameters::Origin::Kind::file, "the services' platform", 0});
  std::vector<parameters::EffectiveParameter> effective;
  return experiment::make_platform(tree, experiment::program_catalog(), effective);
}

std::string measurements_html(const std::vector<Measurement>& measurements) {
  if (measurements.empty()) return "";
  std::string html =
      "<h2>Services, as others have measured them</h2>\n<p>The platform's services alone, without "
      "a system on them; nothing is fitted to it. Other years, regions and programs than the "
      "papers'.</p>\n<table><tr><th>what</th><th>measured</th><th>here</th><th>unit</th>"
      "<th>difference</th><th>by</th></tr>\n";
  for (const Measurement& row : measurements)
    html += fmt::format(
        "<tr><td>{}</td><td>{}</td><td>{:.3g}</td><td>{}</td><td>{:+.0f} %</td><td>{}</td></tr>\n",
        row.what, row.measured, row.simulated, row.unit, 100 * error_of(row), row.source);
  return html + "</table>\n";
}

std::string measurements_markdown(const std::vector<Measurement>& measurements) {
  if (measurements.empty()) return "";
  std::string text =
      "\nServices alone, as others have measured them; nothing is fitted to it:\n\n"
      "| what | measured | here | unit | difference | by |\n|---|---:|---:|---|---:|---|\n";
  for (const Measurement& row : measurements)
    text += fmt::format("| {} | {} | {:.3g} | {} | {:+.0f} % | {} |\n", row.what, row.measured,
                        row.simulated, row.unit, 100 * error_of(row), row.source);
  return text;
}

}  // namespace wukong::services
