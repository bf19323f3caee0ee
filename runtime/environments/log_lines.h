// What the platform itself writes into a log, and what it calls it, as AWS Lambda does.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace wukong::environments {

// "2026/11/28/[$LATEST]0123456789abcdef0123456789abcdef"; each is new.
std::string new_log_stream(const std::string& version);
std::string file_of_stream(std::string stream);

struct CallReport {
  std::string request_id;
  std::chrono::nanoseconds duration{};
  std::chrono::nanoseconds init_time{};  // of a start that this call is billed for
  int64_t memory_mb = 0;
  int64_t peak_memory_mb = 0;
  bool timed_out = false;
};
// "REPORT RequestId: ...", the durations as they were measured here.
std::string report_line(const CallReport& report);

}  // namespace wukong::environments
