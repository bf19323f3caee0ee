#include "bench/perf/harness.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include "sim/base/check.h"

namespace wukong::perf {
namespace {

double median(std::vector<double> values) {
  ENSURE(!values.empty());
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

bool Harness::wanted(std::string_view name) const {
  return name.find(options_.filter) != std::string_view::npos;
}

void Harness::print_header() const {
  fmt::print("{:<58} {:>10} {:>10} {:>6}\n", "benchmark", "ns/item", "bare", "ratio");
}

void Harness::compare(std::string_view name, uint64_t items, const Program& program,
                      const Program& bare) {
  ENSURE(items > 0 && options_.repetitions > 0);
  if (!wanted(name)) return;
  std::vector<double> times, bare_times, ratios;
  for (int i = 0; i < options_.repetitions; ++i) {
    const bool program_first = i % 2 == 0;
    const double first = program_first ? program() : bare();
    const double second = program_first ? bare() : program();
    times.push_back(program_first ? first : second);
    bare_times.push_back(program_first ? second : first);
    ratios.push_back(times.back() / bare_times.back());
  }
  const double scale = 1e9 / static_cast<double>(items);
  fmt::print("{:<58} {:>10.1f} {:>10.1f} {:>6.2f}\n", name, median(times) * scale,
             median(bare_times) * scale, median(ratios));
  std::fflush(stdout);
}

void Harness::measure(std::string_view name, uint64_t items, const Program& program) {
  ENSURE(items > 0 && options_.repetitions > 0);
  if (!wanted(name)) return;
  std::vector<double> times;
  for (int i = 0; i < options_.repetitions; ++i) times.push_back(program());
  fmt::print("{:<58} {:>10.1f}\n", name, median(times) * 1e9 / static_cast<double>(items));
  std::fflush(stdout);
}

}  // namespace wukong::perf
