// How far a long computation is, on stderr: a bar with the time left on a terminal, a line every
// tenth of the way elsewhere. Not for results.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace wukong::text {

class ProgressBar {
 public:
  enum class Form { terminal, lines, quiet };
  // What suits stderr as it is.
  static Form form_of_stderr();

  ProgressBar(Form form, std::string unit);
  // Takes the bar off the terminal.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `fraction` of the work is done, and `done` of `all` units.
  void update(double fraction, size_t done, size_t all);

 private:
  using Clock = std::chrono::steady_clock;
  void draw(double fraction, size_t done, size_t all, double elapsed_s);

  Form form_;
  std::string unit_;
  Clock::time_point start_;
  double next_s_ = 0;  // terminal: not drawn again before
  int next_tenth_ = 1;
  size_t last_done_ = 0;  // lines: the number that the last one said
  bool drawn_ = false;
};

// "#####.....", for a fraction of the width.
std::string bar_text(double fraction, size_t width);
// "1 min 05 s", "12 s".
std::string time_left_text(double seconds);

}  // namespace wukong::text
