#include "bench/text/output_width.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace wukong::text {
namespace {

constexpr size_t kLeastWidth = 40;
constexpr size_t kMostWidth = 10'000;

}  // namespace

size_t output_width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
      size.ws_col > 0)
    return std::max<size_t>(size.ws_col, kLeastWidth);
  const char* const columns = std::getenv("COLUMNS");
  if (columns == nullptr) return kUsualWidth;
  const std::string_view text(columns);
  size_t width = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), width);
  if (error != std::errc() || stop != text.data() + text.size() || width == 0) return kUsualWidth;
  return std::clamp(width, kLeastWidth, kMostWidth);
}

}  // namespace wukong::text
