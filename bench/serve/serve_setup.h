// What `wukong serve` is to be: the platform whose limits, times and prices hold, and what else its
// file says. Every value is known with its origin, as an experiment's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/parameters/effective_parameter.h"
#include "sim/platform/platform_spec.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::serve {

// How long an environment's start takes: what the platform's model draws, or longer if the machine
// needs longer; or just what the machine needs.
enum class StartTimes { modelled, machine };
constexpr std::string_view kStartTimesNames[] = {"modelled", "machine"};

struct ServeSpec {
  StartTimes start_times = StartTimes::modelled;
  // How long a new function is Pending, and an update InProgress: an assumption; AWS's take about a
  // second.
  Duration activation = Duration::milliseconds(500);
  // An environment that has not come up by then is ended, and its call fails. Lambda's limit; on a
  // machine where hundreds come up at once, some may need longer.
  Duration initialization_limit = Duration::seconds(10);
  std::string region = "us-east-1";
  std::string account = "000000000000";

  void visit(FieldVisitor& v);
};

struct ServeSetup {
  ServeSpec serve;
  platform::PlatformSpec platform;
  uint64_t seed = 1;
  std::vector<parameters::EffectiveParameter> effective;
};

// Of a file (empty: none), changed by the --set flags. Throws Error.
ServeSetup read_setup(const std::string& file, const std::vector<std::string>& settings);

}  // namespace wukong::serve
