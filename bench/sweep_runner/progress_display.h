// How far a sweep is, on stderr: on a terminal a bar with rate and time left that is drawn again
// and again; elsewhere a plain line now and then; or nothing.
#pragma once

#include <chrono>
#include <deque>
#include <string>

#include "bench/sweep_runner/coordinator.h"

namespace wukong::sweep_runner {

class ProgressDisplay {
 public:
  enum class Style { bar, lines, none };
  // Bar if stderr is a terminal.
  static Style style_of_stderr(bool quiet);

  explicit ProgressDisplay(Style style);
  // Draws if it is time to.
  void show(const SweepProgress& progress);
  // Draws the end, and leaves the line.
  void end(const SweepProgress& progress);

 private:
  using Clock = std::chrono::steady_clock;
  struct Mark {
    Clock::time_point at;
    int64_t committed;
  };
  // Runs per second, lately.
  double rate(Clock::time_point now, int64_t committed);

  Style style_;
  Clock::time_point start_;
  Clock::time_point drawn_{};
  std::deque<Mark> marks_;
};

// "[=====>    ]  1,234/40,000 runs  3 %  512/s  2 running  1 failed  1:15 left", at most `width`
// columns. `rate` in runs per second.
std::string progress_bar(const SweepProgress& progress, double rate, size_t width);
// The same in words, for a log.
std::string progress_line(const SweepProgress& progress, double rate);
// "0:07", "12:05", "3:02:11", "2 days"
std::string clock_text(double seconds);

}  // namespace wukong::sweep_runner
