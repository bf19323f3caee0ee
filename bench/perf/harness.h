// Micro-benchmarks on a machine that others use too. A program is measured next to a bare loop that
// does the same work with the least machinery; the two run in turn, and the median of the ratios of
// neighbouring runs is reported, so that a slow moment of the machine hits both.
#pragma once

#include <cstdint>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>

#include "bench/perf/measurement.h"

namespace wukong::perf {

// The processor time of the part of a program that counts; what comes before is preparation. On a
// machine that is otherwise idle it is the wall time, since every program here has one thread.
class Stopwatch {
 public:
  double seconds() const {
    return static_cast<double>(std::clock() - start_) / static_cast<double>(CLOCKS_PER_SEC);
  }

 private:
  std::clock_t start_ = std::clock();
};

// Runs once and returns the seconds that its measured part took.
using Program = std::function<double()>;

struct HarnessOptions {
  std::string filter;  // runs the benchmarks whose name contains it
  int repetitions = 7;
  // Seconds of wall time after which a benchmark is not repeated again; it is run three times, or
  // `repetitions` if that is less, however long it takes.
  double patience = 2;
  Measurements before;  // of a stored run, to compare with
};

class Harness {
 public:
  explicit Harness(HarnessOptions options) : options_(std::move(options)) {}

  void print_header() const;
  // Prints `name`, the nanoseconds per item of both, and program / bare; and how that has changed.
  void compare(std::string_view name, uint64_t items, const Program& program, const Program& bare);
  // Prints `name` and the nanoseconds per item.
  void measure(std::string_view name, uint64_t items, const Program& program);
  // A line below the last benchmark, if that was run.
  void note(const std::string& text) const;

  bool wanted(std::string_view name) const;
  const Measurements& measured() const { return measured_; }

 private:
  template <class Run>
  void repeat(const Run& run) const;
  void print_change(std::string_view name, const Spread& now, Spread Measurement::* part) const;

  HarnessOptions options_;
  Measurements measured_;
};

// Keeps the compiler from dropping a computation whose result nobody reads.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "r,m"(value) : "memory");
}

}  // namespace wukong::perf
