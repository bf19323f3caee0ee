// What an environment prints: the log stream's file, as long as its limit allows, and the end of
// what the call in progress has printed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace wukong::environments {

// How much all log files together may still take.
struct LogBudget {
  uint64_t bytes_left = 0;
};

class LogFile {
 public:
  // A file that cannot be written is none: the function runs all the same.
  LogFile(const std::filesystem::path& file, uint64_t limit, std::shared_ptr<LogBudget> budget);
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;
  ~LogFile();

  void append(std::string_view text);
  // A line of the platform's own. It begins a new one. It is written with what comes next, or by
  // flush().
  void append_line(std::string_view line);
  void flush();
  // The tail begins anew.
  void begin_call() { tail_.clear(); }
  // The last 4 KB since begin_call().
  std::string tail() const;

 private:
  void add(std::string_view text);
  void write(std::string_view text);

  int file_;
  uint64_t bytes_left_;
  uint64_t limit_;
  std::shared_ptr<LogBudget> budget_;
  bool full_ = false;
  bool in_line_ = false;
  std::string unwritten_;
  std::string tail_;  // up to twice as long as what is wanted of it
};

}  // namespace wukong::environments
