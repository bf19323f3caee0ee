#include "sim/base/error.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <vector>

namespace wukong {
namespace {

std::string prefix(const ErrorPlace& place) {
  std::string text = place.file;
  if (!place.file.empty() && place.line > 0) text.append(":").append(std::to_string(place.line));
  if (!place.key.empty()) {
    if (!text.empty()) text += ": ";
    text += place.key;
  }
  if (!text.empty()) text += ": ";
  return text;
}

}  // namespace

Error::Error(ErrorPlace place, const std::string& message)
    : std::runtime_error(prefix(place) + message), place_(std::move(place)) {}

Error::Error(ErrorPlace place, const std::string& expected, const std::string& found)
    : Error(std::move(place), "expected " + expected + ", found " + found) {}

size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const bool same = std::tolower(static_cast<unsigned char>(a[i - 1])) ==
                        std::tolower(static_cast<unsigned char>(b[j - 1]));
      const size_t replace = diagonal + (same ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replace});
    }
  }
  return row[b.size()];
}

}  // namespace wukong
