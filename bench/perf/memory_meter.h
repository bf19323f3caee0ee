// How much memory a part of this process takes at its peak, where /proc says it.
#pragma once

#include <malloc.h>

#include <cstdint>
#include <fstream>
#include <string>

namespace wukong::perf {

// A line of /proc/self/status, in bytes; 0 where there is none.
inline int64_t memory_status(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(key + ":")) return std::stoll(line.substr(key.size() + 1)) * 1024;
  return 0;
}

// Its part of the peak memory, above what the process held before.
class MemoryMeter {
 public:
  MemoryMeter() {
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << "5";  // forgets the peak so far
    before_ = memory_status("VmRSS");
  }
  double peak() const { return static_cast<double>(memory_status("VmHWM") - before_); }

 private:
  int64_t before_ = 0;
};

}  // namespace wukong::perf
