// Who watches an experiment's runs.
#pragma once

#include <cstddef>

namespace wukong::run {
class RunListener;
}  // namespace wukong::run

namespace wukong::simulation {

// Who watches the first replicate of which system.
struct Watch {
  size_t system = 0;
  run::RunListener* listener = nullptr;
};

}  // namespace wukong::simulation
