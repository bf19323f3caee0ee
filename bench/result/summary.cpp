#include "bench/result/summary.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace wukong::result {
namespace {

constexpr std::string_view kDigits = "0123456789.,-";

// What stands before a number and after it: "$", " s".
struct Dress {
  std::string before;
  std::string after;
  bool operator==(const Dress&) const = default;
};

Dress dress_of(const std::string& text) {
  const size_t first = std::min(text.find_first_of(kDigits), text.size());
  const size_t end = text.find_last_of(kDigits) + 1;
  return {text.substr(0, first), text.substr(std::min(end, text.size()))};
}

std::string undressed(const std::string& text, const Dress& dress) {
  return text.substr(dress.before.size(), text.size() - dress.before.size() - dress.after.size());
}

}  // namespace

Summary summarise(std::span<const double> values) {
  Summary summary;
  if (values.empty()) return summary;
  summary.count = values.size();
  summary.min = summary.max = values.front();
  double sum = 0;
  for (const double value : values) {
    sum += value;
    summary.min = std::min(summary.min, value);
    summary.max = std::max(summary.max, value);
  }
  // A sum's rounding must not put the mean outside of what was observed.
  summary.mean = std::clamp(sum / static_cast<double>(values.size()), summary.min, summary.max);
  return summary;
}

std::string spread_text(const Metric& metric, const Summary& summary) {
  const std::string least = format_metric(metric, summary.min);
  const std::string most = format_metric(metric, summary.max);
  if (least == most) return "";
  const Dress dress = dress_of(format_metric(metric, summary.mean));
  if (dress_of(least) != dress || dress_of(most) != dress) return least + ".." + most;
  return undressed(least, dress) + ".." + undressed(most, dress);
}

Summary summarise(const Metric& metric, std::span<const run::RunResult> runs) {
  std::vector<double> values;
  for (const run::RunResult& run : runs)
    if (const double value = metric.of(run); run.completed && !std::isnan(value))
      values.push_back(value);
  return summarise(values);
}

}  // namespace wukong::result
