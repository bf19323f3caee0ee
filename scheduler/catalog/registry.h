// Every policy that the program has. A new one adds a line to registry.cpp.
#pragma once

#include <span>

namespace wukong::scheduler {
struct Policy;
}  // namespace wukong::scheduler

namespace wukong::systems {

// In the order in which they are listed to users.
std::span<const scheduler::Policy> policies();

}  // namespace wukong::systems
