#include "bench/simulation/live_view.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "bench/text/format.h"
#include "bench/text/status_line.h"
#include "bench/text/tell.h"
#include "sim/accounting/ledger.h"
#include "sim/accounting/usage.h"
#include "sim/functions/lambda_client.h"
#include "sim/platform/platform.h"

namespace wukong::simulation {
namespace {

constexpr std::chrono::milliseconds kInterval{200};
constexpr const char* kClearLine = "\r\033[K";

// A line that the terminal breaks in two could not be taken back.
std::string fitting(const std::string& line) {
  return text::fitting_fields(line, text::stderr_width() - 1);
}

}  // namespace

std::string progress_line(const std::string& system, Time now, platform::Platform& platform,
                          size_t tasks) {
  const functions::LambdaStatistics& functions = platform.lambda().statistics();
  const accounting::Usage& usage = platform.usage();
  return fmt::format(
      "{}  {}  tasks {}/{}  running {}  cold starts {}  429s {}  read {}  written {}  {}", system,
      text::format_time(now.to_seconds()), usage.executed, tasks, functions.concurrency,
      functions.cold_starts, functions.throttles,
      text::format_bytes(static_cast<double>(usage.read.count())),
      text::format_bytes(static_cast<double>(usage.written.count())),
      text::format_money(text::usd_of(platform.ledger().total())));
}

void print_above_live_view(const std::string& warning) {
  text::tell("{}wukong: warning: {}\n", isatty(STDERR_FILENO) != 0 ? kClearLine : "", warning);
}

LiveView::LiveView(loop::WallClock& clock, platform::Platform& platform, std::string system,
                   const dag::Dag& dag)
    : clock_(clock),
      platform_(platform),
      system_(std::move(system)),
      dag_(dag),
      timer_(clock.context()) {
  if (isatty(STDERR_FILENO) != 0) refresh();
}

LiveView::~LiveView() {
  timer_.cancel();
  if (shown_) text::tell("{}", kClearLine);
}

void LiveView::refresh() {
  timer_.expires_after(kInterval);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    text::tell("{}{}", kClearLine,
               fitting(progress_line(system_, clock_.now(), platform_, dag_.task_count())));
    shown_ = true;
    refresh();
  });
}

}  // namespace wukong::simulation
