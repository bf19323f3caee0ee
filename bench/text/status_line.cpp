#include "bench/text/status_line.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace wukong::text {
namespace {

size_t columns(const std::string& text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](unsigned char c) {
    return (c & 0xc0) != 0x80;  // not the second byte of a character, nor a later one
  }));
}

}  // namespace

std::string fitting_fields(const std::string& line, size_t width) {
  std::string fitting = line;
  while (columns(fitting) > width) {
    const size_t gap = fitting.rfind("  ");
    if (gap == std::string::npos) return "";
    fitting.resize(gap);
    fitting.resize(fitting.find_last_not_of(' ') + 1);
  }
  return fitting;
}

size_t stderr_width() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

}  // namespace wukong::text
