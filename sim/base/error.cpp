#include "sim/base/error.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <vector>

namespace wukong {
namespace {

// Of what is quoted from the input, which may be endless.
constexpr size_t kMostQuoted = 200;
// Of a phrase of ours with quotations in it.
constexpr size_t kLongestPhrase = 1000;

bool is_quotation(const std::string& found) {
  return found.starts_with('"') || found.starts_with('{') || found.starts_with('[');
}

std::string prefix(const ErrorPlace& place) {
  std::string text = shortened(place.file, kMostQuoted);
  if (!place.file.empty() && place.line > 0) text.append(":").append(std::to_string(place.line));
  if (!place.key.empty()) {
    if (!text.empty()) text += ": ";
    text += shortened(place.key, kMostQuoted);
  }
  if (!text.empty()) text += ": ";
  return text;
}

}  // namespace

Error::Error(ErrorPlace place, const std::string& message)
    : std::runtime_error(prefix(place) + shortened(message, 2 * kLongestPhrase)),
      place_(std::move(place)) {}

Error::Error(ErrorPlace place, const std::string& expected, const std::string& found)
    : Error(std::move(place),
            "expected " + shortened(expected, kLongestPhrase) + ", found " +
                shortened(found, is_quotation(found) ? kMostQuoted : kLongestPhrase)) {}

std::string shortened(const std::string& text, size_t most) {
  if (text.size() <= most) return text;
  size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // within UTF-8
  return text.substr(0, end) + "...";
}

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
