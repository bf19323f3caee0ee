#include "bench/sweep_runner/progress_display.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "bench/text/format.h"
#include "bench/text/status_line.h"
#include "bench/text/tell.h"

namespace wukong::sweep_runner {
namespace {

using std::chrono::duration;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto kBarPause = milliseconds(200);
constexpr auto kLinePause = seconds(10);
constexpr auto kRateWindow = seconds(10);
constexpr size_t kBarWidth = 24;

int64_t done_of(const SweepProgress& progress) { return progress.before + progress.committed; }

std::string rate_text(double rate) {
  return rate >= 1 || rate == 0 ? text::format_significant(rate) + "/s"
                                : text::format_significant(rate * 60) + "/min";
}

std::string time_left(const SweepProgress& progress, double rate) {
  const auto left = static_cast<double>(progress.expected - done_of(progress));
  return rate > 0 ? clock_text(left / rate) : "?";
}

}  // namespace

std::string clock_text(double seconds) {
  const auto whole = static_cast<int64_t>(std::ceil(seconds));
  if (whole >= 2 * 86400) return fmt::format("{} days", whole / 86400);
  if (whole >= 3600)
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string progress_bar(const SweepProgress& progress, double rate, size_t width) {
  const int64_t done = done_of(progress);
  const double part = progress.expected == 0
                          ? 1
                          : static_cast<double>(done) / static_cast<double>(progress.expected);
  std::string text = fmt::format("  {}/{} runs  {:.0f} %  {}  {} running  {} failed  {} left",
                                 text::format_whole(done), text::format_whole(progress.expected),
                                 std::floor(part * 100), rate_text(rate), progress.running,
                                 progress.failed, time_left(progress, rate));
  if (text.size() + 12 > width)
    return text::fitting_fields(text.substr(2), width);  // no room for a bar
  const size_t cells = std::min(kBarWidth, width - text.size() - 2);
  const auto full = static_cast<size_t>(part * static_cast<double>(cells));
  std::string bar(full, '=');
  if (full < cells) bar += '>';
  bar.resize(cells, ' ');
  return "[" + bar + "]" + text;
}

std::string progress_line(const SweepProgress& progress, double rate) {
  return fmt::format("{} of {} runs, {}, {} running, {} failed, {} left",
                     text::format_whole(done_of(progress)), text::format_whole(progress.expected),
                     rate_text(rate), progress.running, progress.failed, time_left(progress, rate));
}

ProgressDisplay::Style ProgressDisplay::style_of_stderr(bool quiet) {
  if (quiet) return Style::none;
  return ::isatty(STDERR_FILENO) != 0 ? Style::bar : Style::lines;
}

ProgressDisplay::ProgressDisplay(Style style) : style_(style), start_(Clock::now()) {
  drawn_ = start_;
}

double ProgressDisplay::rate(Clock::time_point now, int64_t committed) {
  if (marks_.empty()) marks_.push_back({start_, 0});
  if (now - marks_.back().at >= kBarPause) marks_.push_back({now, committed});
  while (marks_.size() > 2 && now - marks_.front().at > kRateWindow) marks_.pop_front();
  const double time = duration<double>(now - marks_.front().at).count();
  return time <= 0 ? 0 : static_cast<double>(committed - marks_.front().committed) / time;
}

void ProgressDisplay::show(const SweepProgress& progress) {
  const Clock::time_point now = Clock::now();
  const double now_rate = rate(now, progress.committed);
  if (style_ == Style::none || now - drawn_ < (style_ == Style::bar ? kBarPause : kLinePause))
    return;
  drawn_ = now;
  if (style_ == Style::bar)
    text::tell("\r{}\x1b[K", progress_bar(progress, now_rate, text::stderr_width() - 1));
  else
    text::tell("{}\n", progress_line(progress, now_rate));
}

void ProgressDisplay::end(const SweepProgress& progress) {
  if (style_ != Style::bar) return;
  const double time = duration<double>(Clock::now() - start_).count();
  text::tell("\r{}\x1b[K\n",
             progress_bar(progress, static_cast<double>(progress.committed) / std::max(time, 1e-3),
                          text::stderr_width() - 1));
}

}  // namespace wukong::sweep_runner
