// What the services' clients wait for, in seconds, one sample each.
#pragma once

#include <vector>

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::services {

// Below `share` of them; 0.5 is the median. REQUIRES: there are samples.
double percentile(std::vector<double> samples, double share);

// One call after another of a function that does nothing, the first one left out.
std::vector<double> warm_calls(const platform::PlatformSpec& spec, int count);
// Each so long after the last one that no environment is left.
std::vector<double> cold_calls(const platform::PlatformSpec& spec, int count);
// Calls at one time, of a function that takes a second, on a pool without an environment.
std::vector<double> cold_burst(const platform::PlatformSpec& spec, int calls, int bursts);

enum class Kind { s3, redis };
enum class Action { get, put };
// Of a function, on objects of that size.
std::vector<double> requests(const platform::PlatformSpec& spec, Kind kind, Action action,
                             double bytes, int count);
// A function stores an object in S3 and calls another one, which reads it.
std::vector<double> handed_over(const platform::PlatformSpec& spec, double bytes, int count);

}  // namespace wukong::services
