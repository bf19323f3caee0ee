#include "bench/perf/harness.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "sim/base/check.h"

namespace wukong::perf {

bool Harness::wanted(std::string_view name) const {
  return name.find(options_.filter) != std::string_view::npos;
}

void Harness::print_header() const {
  fmt::print("{:<58} {:>10} {:>10} {:>7} {:>15}", "benchmark", "ns/item", "bare", "ratio",
             "spread");
  if (!options_.before.empty()) fmt::print("  change [least, most]; *: spreads apart");
  fmt::print("\n");
}

template <class Run>
void Harness::repeat(const Run& run) const {
  constexpr int kLeast = 3;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < options_.repetitions; ++i) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    if (i >= kLeast && elapsed.count() > options_.patience) return;
    run(i);
  }
}

void Harness::compare(std::string_view name, uint64_t items, const Program& program,
                      const Program& bare) {
  ENSURE(items > 0 && options_.repetitions > 0);
  if (!wanted(name)) return;
  const double scale = 1e9 / static_cast<double>(items);
  std::vector<double> times, bare_times, ratios;
  repeat([&](int i) {
    const bool program_first = i % 2 == 0;
    const double first = program_first ? program() : bare();
    const double second = program_first ? bare() : program();
    times.push_back((program_first ? first : second) * scale);
    bare_times.push_back((program_first ? second : first) * scale);
    ratios.push_back(times.back() / bare_times.back());
  });
  const Measurement measured{spread_of(times), spread_of(ratios)};
  measured_[std::string(name)] = measured;
  fmt::print("{:<58} {:>10.1f} {:>10.1f} {:>7.2f} {:>15}", name, measured.nanoseconds.median,
             spread_of(bare_times).median, measured.ratio.median,
             fmt::format("{:.2f} to {:.2f}", measured.ratio.least, measured.ratio.most));
  print_change(name, measured.ratio, &Measurement::ratio);
}

void Harness::measure(std::string_view name, uint64_t items, const Program& program) {
  ENSURE(items > 0 && options_.repetitions > 0);
  if (!wanted(name)) return;
  std::vector<double> times;
  repeat([&](int) { times.push_back(program() * 1e9 / static_cast<double>(items)); });
  const Spread spread = spread_of(times);
  measured_[std::string(name)] = {spread, {}};
  fmt::print("{:<58} {:>10.1f} {:>10} {:>7} {:>15}", name, spread.median, "", "",
             fmt::format("{:.0f} to {:.0f}", spread.least, spread.most));
  print_change(name, spread, &Measurement::nanoseconds);
}

// Of the ratio, where there is one: the machine may be another, or as busy as it was not before.
void Harness::print_change(std::string_view name, const Spread& now,
                           Spread Measurement::* part) const {
  const auto before = options_.before.find(name);
  if (before != options_.before.end()) fmt::print("  {}", change_text(now, before->second.*part));
  fmt::print("\n");
  std::fflush(stdout);
}

void Harness::note(const std::string& text) const { fmt::print("  {}\n", text); }

}  // namespace wukong::perf
