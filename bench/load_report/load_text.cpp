#include <fmt/format.h>

#include <algorithm>

#include "bench/load_report/load_report.h"
#include "bench/text/display_width.h"
#include "bench/text/format.h"
#include "bench/text/table.h"
#include "sim/base/check.h"

namespace wukong::load_report {
namespace {

using Align = text::Table::Align;

std::string time_of(const statistics::QuantileSketch& sketch, double q) {
  return sketch.count() == 0 ? "" : text::format_time(text::seconds_of(sketch.quantile(q)));
}

std::string ratio_of(const statistics::QuantileSketch& sketch, double q) {
  return sketch.count() == 0 ? "" : text::format_ratio(run::slowdown_of(sketch.quantile(q)));
}

void add_group(const run::LoadGroup& group, text::Table& table) {
  const auto counted = static_cast<double>(group.arrived - group.left_out);
  table.add_row({"    " + group.name, text::format_count(static_cast<double>(group.arrived)),
                 text::format_count(static_cast<double>(group.failed)),
                 group.alone ? text::format_time(text::seconds_of(*group.alone)) : "",
                 time_of(group.response, 0.5), time_of(group.response, 0.99),
                 ratio_of(group.slowdown, 0.99),
                 counted > 0 ? text::format_money(text::usd_of(group.cost) / counted) : ""});
}

std::string kinds_text(const run::LoadResult& load, size_t width) {
  if (load.groups.empty()) return "";
  text::Table table({Align::left, Align::right, Align::right, Align::right, Align::right,
                     Align::right, Align::right, Align::right});
  table.add_row({"  by kind", "jobs", "failed", "alone", "p50", "p99", "slowdown p99", "cost"});
  for (const run::LoadGroup& group : load.groups) add_group(group, table);
  return table.to_text({.width = width});
}

// Eight heights of a block, in as many columns as fit.
std::string bars(const std::vector<double>& means, size_t columns) {
  constexpr const char* kBlocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const double most = *std::max_element(means.begin(), means.end());
  std::string text;
  columns = std::min(columns, means.size());
  for (size_t column = 0; column < columns; ++column) {
    const size_t begin = column * means.size() / columns;
    const size_t end = std::max(begin + 1, (column + 1) * means.size() / columns);
    double highest = 0;
    for (size_t i = begin; i < end; ++i) highest = std::max(highest, means[i]);
    const double height = most > 0 ? highest / most * 8 : 0;
    text += kBlocks[std::min<size_t>(8, static_cast<size_t>(height + 0.999))];
  }
  return text;
}

std::string time_line_text(const std::string& what, const run::TimeLine& line, Duration until,
                           size_t width) {
  constexpr size_t kIndent = 4;
  constexpr size_t kMostColumns = 72;
  if (line.means.empty()) return "";
  const double most = *std::max_element(line.means.begin(), line.means.end());
  return fmt::format("  {}, at most {} over {} s; {} in all\n    {}\n", what,
                     text::format_significant(most),
                     text::format_significant(text::seconds_of(line.part)),
                     text::format_time(text::seconds_of(until)),
                     bars(line.means, std::min(kMostColumns, width - kIndent)));
}

}  // namespace

std::string load_text(std::span<const run::RunResult> runs, size_t width) {
  ENSURE(!runs.empty() && runs.front().load);
  const run::LoadResult& load = *runs.front().load;
  std::string text = kinds_text(load, width);
  text += time_line_text("concurrency", load.running, load.until, width);
  if (load.all.failed > 0)
    text += text::wrapped_text(fmt::format("  {} failed; the first: {}",
                                           text::format_count(static_cast<double>(load.all.failed)),
                                           load.all.first_failure),
                               width);
  return text;
}

}  // namespace wukong::load_report
