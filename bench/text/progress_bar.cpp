#include "bench/text/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "bench/text/status_line.h"
#include "bench/text/tell.h"

namespace wukong::text {
namespace {

constexpr double kRedraw_s = 0.1;
constexpr size_t kBarWidth = 30;

}  // namespace

ProgressBar::Form ProgressBar::form_of_stderr() {
  return ::isatty(STDERR_FILENO) == 1 ? Form::terminal : Form::lines;
}

ProgressBar::ProgressBar(Form form, std::string unit)
    : form_(form), unit_(std::move(unit)), start_(Clock::now()) {}

ProgressBar::~ProgressBar() {
  if (drawn_) tell("\r\x1b[K");
}

void ProgressBar::update(double fraction, size_t done, size_t all) {
  if (form_ == Form::quiet) return;
  const double elapsed_s = std::chrono::duration<double>(Clock::now() - start_).count();
  if (form_ == Form::terminal) {
    if (elapsed_s < next_s_) return;
    next_s_ = elapsed_s + kRedraw_s;
    draw(fraction, done, all, elapsed_s);
    return;
  }
  // A line that says what the last one said is none.
  if (fraction * 10 + 1e-9 < next_tenth_ || done == last_done_) return;
  last_done_ = done;
  next_tenth_ = static_cast<int>(fraction * 10 + 1e-9) + 1;
  tell("{} of {} {} done after {:.1f} s\n", done, all, unit_, elapsed_s);
}

void ProgressBar::draw(double fraction, size_t done, size_t all, double elapsed_s) {
  const double left_s = fraction > 0 ? elapsed_s * (1 - fraction) / fraction : 0;
  const std::string line =
      fmt::format("[{}]  {:3.0f} %  {} of {} {}  {} left", bar_text(fraction, kBarWidth),
                  100 * fraction, done, all, unit_, time_left_text(left_s));
  tell("\r{}\x1b[K", fitting_fields(line, stderr_width() - 1));
  drawn_ = true;
}

std::string bar_text(double fraction, size_t width) {
  const double filled = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(width);
  std::string text(static_cast<size_t>(filled), '#');
  text.resize(width, '.');
  return text;
}

std::string time_left_text(double seconds) {
  const auto whole = static_cast<long>(std::ceil(std::max(seconds, 0.0)));
  if (whole < 60) return fmt::format("{} s", whole);
  return fmt::format("{} min {:02} s", whole / 60, whole % 60);
}

}  // namespace wukong::text
