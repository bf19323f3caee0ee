#include "runtime/environments/log_lines.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/types.h>

#include <array>
#include <cmath>
#include <ctime>

#include "sim/base/check.h"

namespace wukong::environments {
namespace {

double milliseconds_of(std::chrono::nanoseconds time) {
  return static_cast<double>(time.count()) / 1e6;
}

}  // namespace

std::string new_log_stream(const std::string& version) {
  std::array<unsigned char, 16> random{};
  const ssize_t bytes = getrandom(random.data(), random.size(), 0);
  ENSURE(bytes == ssize_t{sizeof random}, bytes);
  std::string id;
  for (const unsigned char byte : random) id += fmt::format("{:02x}", byte);
  return fmt::format("{:%Y/%m/%d}/[{}]{}", fmt::gmtime(std::time(nullptr)), version, id);
}

std::string file_of_stream(std::string stream) {
  for (char& c : stream)
    if (c == '/') c = '-';
  return stream + ".log";
}

std::string report_line(const CallReport& report) {
  // AWS bills a start with the call that waited for it.
  const double billed = std::ceil(milliseconds_of(report.duration + report.init_time));
  std::string line = fmt::format(
      "REPORT RequestId: {}\tDuration: {:.2f} ms\tBilled Duration: {:.0f} ms\tMemory Size: {} MB"
      "\tMax Memory Used: {} MB\t",
      report.request_id, milliseconds_of(report.duration), billed, report.memory_mb,
      report.peak_memory_mb);
  if (report.init_time.count() > 0)
    line += fmt::format("Init Duration: {:.2f} ms\t", milliseconds_of(report.init_time));
  if (report.timed_out) line += "Status: timeout";
  return line;
}

}  // namespace wukong::environments
