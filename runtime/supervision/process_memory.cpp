#include "runtime/supervision/process_memory.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <string>

namespace wukong::supervision {

int64_t peak_memory_mb(pid_t process) {
  if (process <= 0) return 0;
  const std::string path = "/proc/" + std::to_string(process) + "/status";
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  std::array<char, 4096> text;
  const ssize_t bytes = read(file, text.data(), text.size() - 1);
  close(file);
  if (bytes <= 0) return 0;
  text[static_cast<size_t>(bytes)] = 0;
  constexpr const char* kPeak = "VmHWM:";
  const char* const found = strstr(text.data(), kPeak);
  if (found == nullptr) return 0;
  const int64_t kib = strtoll(found + strlen(kPeak), nullptr, 10);
  return (kib + 1023) / 1024;
}

}  // namespace wukong::supervision
