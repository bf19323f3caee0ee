// The simulated services alone, asked as others asked those of AWS, in other years and with other
// programs than the papers': what they measured, and what the model has. Nothing is fitted to it.
#pragma once

#include <string>
#include <vector>

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::services {

struct Measurement {
  std::string what;
  std::string source;
  std::string unit;
  double measured = 0;
  double simulated = 0;
};

// On a platform as it is; functions begin cold.
std::vector<Measurement> measure_services(const platform::PlatformSpec& spec);

// The platform of the papers' figures.
platform::PlatformSpec papers_platform();

// A section of the reproduction's page, and a table in Markdown; nothing for none.
std::string measurements_html(const std::vector<Measurement>& measurements);
std::string measurements_markdown(const std::vector<Measurement>& measurements);

}  // namespace wukong::services
