// How much memory a process has had at most.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace wukong::supervision {

// Resident at one time, in MiB, rounded up; 0 if there is no such process. Without its children.
int64_t peak_memory_mb(pid_t process);

}  // namespace wukong::supervision
