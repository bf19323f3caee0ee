// What people read when the server begins: where it is, how to try it, and which of Lambda's limits
// it does not keep.
#pragma once

#include <string>

#include "bench/serve/serve_setup.h"

namespace wukong::environments {
class ProcessEnvironments;
}  // namespace wukong::environments

namespace wukong::serve {

std::string announcement(const std::string& endpoint, const ServeSetup& setup,
                         const environments::ProcessEnvironments& environments);

}  // namespace wukong::serve
