// What a server has done, for people who watch it: by function since the start, and second by
// second for the last minutes. In bounded memory, but for the functions' names.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace wukong::serving {

// Counts of times in classes whose bounds grow by a fifth: a quantile is known to 10 %.
class LatencyCounts {
 public:
  void add(std::chrono::nanoseconds time);
  uint64_t count() const { return count_; }
  double quantile_ms(double q) const;

 private:
  std::array<uint32_t, 128> classes_{};
  uint64_t count_ = 0;
};

struct FunctionActivity {
  uint64_t invocations = 0;  // that have ended
  uint64_t errors = 0;
  uint64_t cold_starts = 0;
  uint64_t throttles = 0;
  LatencyCounts latency;
};

struct Second {
  int64_t second = 0;  // since the start
  uint32_t invocations = 0;
  uint32_t errors = 0;
  uint32_t cold_starts = 0;
  uint32_t throttles = 0;
  double running = 0;        // on average
  int64_t environments = 0;  // at its end
  double latency_most_ms = 0;
};

class Activity {
 public:
  struct End {
    std::chrono::nanoseconds latency{};  // from the request's arrival to its answer
    bool failed = false;
    int cold_starts = 0;
  };
  void ended(const std::string& function, const End& end);
  void throttled(const std::string& function);
  // Once a second.
  void close_second(int64_t second, double running, int64_t environments);

  const std::map<std::string, FunctionActivity>& functions() const { return functions_; }
  const FunctionActivity& all() const { return all_; }
  const std::deque<Second>& seconds() const { return seconds_; }

 private:
  std::map<std::string, FunctionActivity> functions_;
  FunctionActivity all_;
  Second current_;
  std::deque<Second> seconds_;
};

}  // namespace wukong::serving
